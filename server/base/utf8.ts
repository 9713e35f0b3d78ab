import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { RefusalError } from './refusal.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** A body in another charset than UTF-8. Decoded as UTF-8 it might be valid, and a different text. */
export class UnsupportedCharsetError extends Error {
  readonly statusCode = 415;

  constructor() {
    super('Texts are UTF-8');
    this.name = 'UnsupportedCharsetError';
  }
}

/**
 * Checks that a body is UTF-8. Throws UnsupportedCharsetError if the content type names another charset, RefusalError `bad_text` if
 * the bytes are invalid.
 */
export function mustBeUtf8(bytes: Uint8Array, contentType: string | undefined): void {
  if (isOtherThanUtf8(contentType)) throw new UnsupportedCharsetError();
  if (!isUtf8(bytes)) throw new RefusalError('bad_text', 'The body is not valid UTF-8');
}

/** Whether a content type names another charset than UTF-8, or its subset ASCII. */
function isOtherThanUtf8(contentType: string | undefined): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1];
  return charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset);
}

/** Reads a UTF-8 file, without its BOM. Throws if it cannot be read or is not UTF-8: a damaged key must not be used. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Error(`${path} is not UTF-8`);
  }
}
