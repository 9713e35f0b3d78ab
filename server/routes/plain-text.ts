import { textProblem } from '../../shared/text/operation.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Slices } from '../base/slices.ts';

/** UTF-16 units that are looked at in one turn of the loop: some milliseconds. */
export const SLICE = 262_144;

/**
 * A text as a document may hold it: line breaks become LF. A long one is read in slices. Rejects with RefusalError
 * `bad_text` for what cannot be kept bit for bit.
 */
export async function importText(text: string, slices: Slices): Promise<string> {
  const parts: string[] = [];
  for (let from = 0, to = 0; from < text.length; from = to) {
    if (text.length > SLICE) await slices.next();
    to = sliceEnd(text, from);
    // Twice a plain search and no choice: of millions of line breaks, each match of a pattern would cost as much as the rest.
    const part = text.slice(from, to).replace(/\r\n/g, '\n').replace(/\r/g, '\n');
    const problem = textProblem(part);
    if (problem !== undefined) throw new RefusalError('bad_text', problem);
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : parts.join('');
}

/** Where the slice that begins there ends: within no line break and no surrogate pair. */
function sliceEnd(text: string, from: number): number {
  const end = Math.min(from + SLICE, text.length);
  const [last, next] = [text.charCodeAt(end - 1), text.charCodeAt(end)];
  const isWithin = (last === 0x0d && next === 0x0a) || ((last & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00);
  return isWithin ? end + 1 : end;
}
