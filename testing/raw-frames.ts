import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { SeededRandom } from '../shared/testing/random.ts';

/** A frame of RFC 6455 section 5.2 in which every field may be wrong. */
export interface FrameParts {
  readonly isFinal?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number;
  /** 0 to 15: 1 text, 2 binary, 8 close, 9 ping, 10 pong, 0 continuation. */
  readonly opcode: number;
  readonly isMasked?: boolean;
  readonly payload: Uint8Array;
  /** The length in the header; by default the payload's. */
  readonly claimedLength?: number;
}

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

export function encodeFrame({
  isFinal = true,
  reserved = 0,
  opcode,
  isMasked = true,
  payload,
  ...rest
}: FrameParts): Buffer {
  const { claimedLength: length = payload.length } = rest;
  const maskBit = isMasked ? 0x80 : 0;
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  let head: Buffer;
  if (length < 126) {
    head = Buffer.from([first, maskBit | length]);
  } else if (length < 65_536) {
    head = Buffer.from([first, maskBit | 126, length >> 8, length & 0xff]);
  } else {
    head = Buffer.alloc(10);
    head.writeUInt8(first, 0);
    head.writeUInt8(maskBit | 127, 1);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!isMasked) return Buffer.concat([head, payload]);
  const masked = Buffer.from(payload).map((byte, index) => byte ^ MASK[index % 4]!);
  return Buffer.concat([head, MASK, masked]);
}

export function textFrame(text: string, rest: Omit<FrameParts, 'opcode' | 'payload'> = {}): Buffer {
  return encodeFrame({ opcode: 1, payload: Buffer.from(text), ...rest });
}

/** Opens a TCP connection and upgrades it to a WebSocket. From then on the caller writes every byte. */
export async function openRaw(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawFrames> {
  const socket = connect({ port, host: '127.0.0.1' });
  const raw = new RawFrames(socket);
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...Object.entries(headers).map((header) => header.join(': ')),
      '\r\n',
    ].join('\r\n'),
  );
  await raw.upgraded();
  return raw;
}

export class RawFrames {
  readonly #socket: Socket;
  readonly #ended: Promise<void>;
  #received = Buffer.alloc(0);
  #isEnded = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
    socket.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isEnded = true;
        resolve();
      });
    });
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  async upgraded(): Promise<void> {
    while (!this.#received.includes('\r\n\r\n')) {
      if (this.#isEnded) throw new Error('The upgrade was refused');
      await new Promise<void>((resolve) => {
        this.#socket.once('data', () => resolve());
        this.#socket.once('close', () => resolve());
      });
    }
    const end = this.#received.indexOf('\r\n\r\n') + 4;
    const head = this.#received.subarray(0, end).toString('latin1');
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`The upgrade was refused: ${head.split('\r\n')[0]}`);
    this.#received = this.#received.subarray(end);
  }

  write(bytes: Uint8Array): void {
    if (!this.#isEnded) this.#socket.write(bytes);
  }

  /** Half-closes the connection; the server answers by closing its half. */
  finish(): void {
    this.#socket.end();
  }

  /** Resolves when the connection has ended, whoever ended it. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  /** The codes of the received close frames. */
  get closeCodes(): number[] {
    return this.frames
      .filter(({ opcode, body }) => opcode === 8 && body.length >= 2)
      .map(({ body }) => body.readUInt16BE(0));
  }

  /** The received frames; servers do not mask theirs. */
  get frames(): { readonly opcode: number; readonly body: Buffer }[] {
    const frames: { opcode: number; body: Buffer }[] = [];
    let at = 0;
    while (at + 2 <= this.#received.length) {
      const opcode = this.#received[at]! & 0x0f;
      let length = this.#received[at + 1]! & 0x7f;
      let body = at + 2;
      if (length === 126) {
        length = this.#received.readUInt16BE(body);
        body += 2;
      } else if (length === 127) {
        length = Number(this.#received.readBigUInt64BE(body));
        body += 8;
      }
      frames.push({ opcode, body: this.#received.subarray(body, body + length) });
      at = body + length;
    }
    return frames;
  }
}

/** Frames most of which break a rule: reserved bits and opcodes, no mask, wrong lengths, fragments out of place, bad UTF-8. */
export function randomFrames(random: SeededRandom, texts: readonly string[]): Buffer[] {
  return Array.from({ length: 1 + random.below(6) }, () => {
    const payload = random.chance(60)
      ? Buffer.from(random.pick(texts))
      : Buffer.from(Array.from({ length: random.below(140) }, () => random.below(256)));
    const frame = encodeFrame({
      isFinal: random.chance(80),
      reserved: random.chance(90) ? 0 : random.below(8),
      opcode: random.chance(60) ? 1 : random.below(16),
      isMasked: random.chance(92),
      payload,
      ...(random.chance(6) ? { claimedLength: random.pick([0, 1, 125, 126, 65_536, 2 ** 31, 2 ** 40]) } : {}),
    });
    return random.chance(95) ? frame : frame.subarray(0, random.below(frame.length + 1));
  });
}
