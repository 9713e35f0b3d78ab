/**
 * A message on its way out: a text, or the bytes of a whole WebSocket frame, put together before for all who get it, or a message so
 * long that it goes out in pieces.
 */
export type Frame = string | Buffer | LongMessage;

/** Bytes of a piece of what goes out piece by piece. */
export const PIECE = 65_536;

const FINAL_TEXT = 0x81;
const FINAL = 0x80;
const TEXT = 0x01;

/** Bytes in front of a payload of so many (RFC 6455, section 5.2; a server does not mask). */
export function headerLength(payload: number): number {
  if (payload < 126) return 2;
  return payload < 65_536 ? 4 : 10;
}

/** Writes the header of a text frame with so many bytes of payload to the front of `frame`; returns its length. */
export function writeHeader(frame: Buffer, payload: number, kind = FINAL_TEXT): number {
  const length = headerLength(payload);
  frame[0] = kind;
  if (length === 2) {
    frame[1] = payload;
  } else if (length === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(payload, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(Math.floor(payload / 2 ** 32), 2);
    frame.writeUInt32BE(payload % 2 ** 32, 6);
  }
  return length;
}

/** A whole frame that holds a text. */
export function wireFrame(text: string): Buffer {
  const payload = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerLength(payload) + payload);
  frame.write(text, writeHeader(frame, payload));
  return frame;
}

/**
 * A text message in pieces, each a frame of its own (RFC 6455, 5.4), so that control frames may go out between them, and that
 * it shows how far its reader is. Readers of the same text share its bytes.
 */
export class LongMessage {
  readonly pieces: readonly Buffer[];
  /** Bytes of all pieces, without their headers. */
  readonly length: number;

  /** Of pieces of the message in UTF-8. */
  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces;
    this.length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  /** What goes out in front of a piece. */
  headerOf(index: number): Buffer {
    const payload = this.pieces[index]!.length;
    const header = Buffer.allocUnsafe(headerLength(payload));
    const isLast = index === this.pieces.length - 1;
    writeHeader(header, payload, (isLast ? FINAL : 0) | (index === 0 ? TEXT : 0));
    return header;
  }
}

/** Cuts bytes into pieces, which stand in the same memory. */
export function piecesOf(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(bytes.subarray(at, at + PIECE));
  return pieces;
}
