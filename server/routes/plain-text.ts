import { textProblem } from '../../shared/text/operation.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Slices } from '../base/slices.ts';

/** UTF-16 units per slice: a few milliseconds. */
export const SLICE = 262_144;

/**
 * Normalises line breaks to LF, in slices if the text is long. Rejects with RefusalError `bad_text` for text that cannot be kept
 * exactly.
 */
export async function importText(text: string, slices: Slices): Promise<string> {
  const parts: string[] = [];
  for (let from = 0, to = 0; from < text.length; from = to) {
    if (text.length > SLICE) await slices.next();
    to = sliceEnd(text, from);
    // Two plain searches: with an alternation, each match among millions of line breaks would cost as much as the rest.
    const part = text.slice(from, to).replace(/\r\n/g, '\n').replace(/\r/g, '\n');
    const problem = textProblem(part);
    if (problem !== undefined) throw new RefusalError('bad_text', problem);
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : parts.join('');
}

/** The end of the slice that begins at `from`: never inside CRLF or a surrogate pair. */
function sliceEnd(text: string, from: number): number {
  const end = Math.min(from + SLICE, text.length);
  const [last, next] = [text.charCodeAt(end - 1), text.charCodeAt(end)];
  const isWithin = (last === 0x0d && next === 0x0a) || ((last & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00);
  return isWithin ? end + 1 : end;
}
