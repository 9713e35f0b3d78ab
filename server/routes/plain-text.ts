import { textProblem } from '../../shared/text/operation.ts';
import { RefusalError } from '../rooms/refusal.ts';

/** A text as a document may hold it: line breaks become LF. Throws RefusalError `bad_text` for what cannot be kept bit for bit. */
export function importText(text: string): string {
  const normalised = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const problem = textProblem(normalised);
  if (problem !== undefined) throw new RefusalError('bad_text', problem);
  return normalised;
}
