/** A frame on its way out: a text, or the bytes of a whole WebSocket frame, put together before for all who get it. */
export type Frame = string | Buffer;

const FINAL_TEXT = 0x81;

/** Bytes in front of a payload of so many (RFC 6455, section 5.2; a server does not mask). */
export function headerLength(payload: number): number {
  if (payload < 126) return 2;
  return payload < 65_536 ? 4 : 10;
}

/** Writes the header of a text frame with so many bytes of payload to the front of `frame`; returns its length. */
export function writeHeader(frame: Buffer, payload: number): number {
  const length = headerLength(payload);
  frame[0] = FINAL_TEXT;
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
