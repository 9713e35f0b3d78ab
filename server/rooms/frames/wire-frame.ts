/**
 * A message on its way out: its text, or the bytes of a whole WebSocket frame that several readers may share, or a message so long
 * that it goes out in pieces.
 */
export type Frame = string | Buffer | LongMessage;

/** Bytes of one piece of a long message. */
export const PIECE = 65_536;

const FINAL_TEXT = 0x81;
const FINAL = 0x80;
const TEXT = 0x01;

/** Bytes of the header in front of `payload` bytes (RFC 6455, section 5.2; a server does not mask). */
export function headerLength(payload: number): number {
  if (payload < 126) return 2;
  return payload < 65_536 ? 4 : 10;
}

/** Writes the header of a frame with `payload` bytes to the front of `frame`; returns the length of the header. */
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

/** A whole text frame. */
export function wireFrame(text: string): Buffer {
  const payload = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerLength(payload) + payload);
  frame.write(text, writeHeader(frame, payload));
  return frame;
}

/**
 * A text message in fragments (RFC 6455, section 5.4): control frames may go out between them, and they show how far the reader is.
 * Readers of the same text share its bytes.
 */
export class LongMessage {
  readonly pieces: readonly Buffer[];
  /** Bytes of all pieces, without their headers. */
  readonly length: number;

  /** `pieces` are the message in UTF-8. */
  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces;
    this.length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  /** The header of the fragment at `index`. */
  headerOf(index: number): Buffer {
    const payload = this.pieces[index]!.length;
    const header = Buffer.allocUnsafe(headerLength(payload));
    const isLast = index === this.pieces.length - 1;
    writeHeader(header, payload, (isLast ? FINAL : 0) | (index === 0 ? TEXT : 0));
    return header;
  }
}

/** Cuts bytes into pieces without copying them. */
export function piecesOf(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(bytes.subarray(at, at + PIECE));
  return pieces;
}
