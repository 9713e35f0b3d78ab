/** A file as text. */
export interface FileText {
  readonly text: string;
  /** It is neither UTF-8 nor UTF-16, and was read as Windows-1252. */
  readonly isGuessed: boolean;
}

/** Byte order marks, and what they stand for. */
const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** NUL, or two controls in a row that no text has. */
const BINARY = /\0|[\x01-\x08\x0e-\x1f]{2}/;
/** What no Western European text has: controls, unassigned bytes, four characters in a row beyond ASCII. */
const FOREIGN = /[\x00-\x08\x0e-\x1f\x7f-\x9f]|[^\x00-\x7f]{4}/;
/** Of the letters of a Western European text, at most this part is beyond ASCII; in other scripts, most are. */
const MOST_BEYOND_ASCII = 0.3;

/**
 * Decodes a file by its byte order mark, else as strict UTF-8, else as Windows-1252 if it looks like that. Undefined for anything
 * else: a text is never silently misread.
 */
export function textOfFile(bytes: Uint8Array): FileText | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const text = decode(bytes, marked ?? 'utf-8');
  if (text !== undefined) return BINARY.test(text) ? undefined : { text, isGuessed: false };
  if (marked !== undefined) return undefined;
  const guessed = decode(bytes, 'windows-1252')!;
  const letters = guessed.match(/\p{L}/gu) ?? [];
  const beyond = letters.filter((letter) => letter > '\x7f');
  if (FOREIGN.test(guessed) || beyond.length > letters.length * MOST_BEYOND_ASCII) return undefined;
  return { text: guessed, isGuessed: true };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
