import type { ErrorCode } from './errors.ts';

/** The WebSocket subprotocol. */
export const SUBPROTOCOL = 'weft.v1';

/** Why a frame or message was refused. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/**
 * The messages of a text frame, which is one message or an array of them. `maximumDepth` bounds the nesting of arrays and objects,
 * the frame's own array included. Throws ProtocolError `bad_message`.
 */
export function parseFrame(frame: string, maximumDepth = Infinity): readonly unknown[] {
  if (maximumDepth !== Infinity && isDeeperThan(frame, maximumDepth)) {
    throw new ProtocolError('bad_message', `The frame is nested more than ${maximumDepth} deep`);
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw new ProtocolError('bad_message', 'The frame is not JSON');
  }
  return Array.isArray(value) ? value : [value];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** The bit in which `{` differs from `[`, and `}` from `]`. */
const CURLY = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/**
 * Whether arrays and objects of a JSON text are nested deeper than `maximum`. Looks at each character once, and inside strings only
 * for their ends. It runs before parsing: deep JSON parses well, but overflows the stack of code that walks it. For text that is
 * not JSON the answer means nothing; the parser refuses it.
 */
export function isDeeperThan(json: string, maximum: number): boolean {
  let depth = 0;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (unit === QUOTE) {
      index = endOfString(json, index);
    } else if ((unit | CURLY) === OPENING) {
      depth += 1;
      if (depth > maximum) return true;
    } else if ((unit | CURLY) === CLOSING) {
      depth -= 1;
    }
  }
  return false;
}

/** The index of the closing quote of the string that starts at `start`; the length of the text if there is none. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}
