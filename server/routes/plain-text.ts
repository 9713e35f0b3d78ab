import { textProblem } from '../../shared/text/operation.ts';
import { RefusalError } from '../rooms/refusal.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A body in another encoding than UTF-8: read as UTF-8 it might still be valid, and another text. */
export class UnsupportedCharsetError extends Error {
  readonly statusCode = 415;

  constructor() {
    super('Texts are UTF-8');
    this.name = 'UnsupportedCharsetError';
  }
}

/** Whether a content type names another charset than UTF-8, or its subset ASCII. */
export function isOtherThanUtf8(contentType: string | undefined): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1];
  return charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset);
}

/** The text of a body in UTF-8, whose BOM is kept. Throws RefusalError `bad_text`. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new RefusalError('bad_text', 'The body is not valid UTF-8');
  }
}

/** A text as a document may hold it: line breaks become LF. Throws RefusalError `bad_text` for what cannot be kept bit for bit. */
export function importText(text: string): string {
  const normalised = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const problem = textProblem(normalised);
  if (problem !== undefined) throw new RefusalError('bad_text', problem);
  return normalised;
}
