import type { FrameArena } from './frame-arena.ts';
import { joinFrame } from './frames.ts';
import { headerLength, wireFrame, writeHeader } from './wire-frame.ts';

/** What a reader gets in place of one message of a shared frame: another one, or (undefined) none. */
export interface Variation {
  /** Which of the messages. */
  readonly index: number;
  readonly message: string | undefined;
}

const [OPEN, COMMA, CLOSE] = Buffer.from('[,]');

/** Messages encoded once for all readers of a room. Whoever gets some of them otherwise has a frame put together from the same bytes. */
export class SharedFrame {
  /** The whole frame, for everybody who gets it as it is. */
  readonly wire: Buffer;
  /** Where each message begins in it, and where it ends. */
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];
  readonly #memory: FrameArena;

  /** Varied frames are put together in `memory`. */
  constructor(messages: readonly string[], memory: FrameArena) {
    this.#memory = memory;
    this.wire = wireFrame(joinFrame(messages));
    const lengths = messages.map((message) => Buffer.byteLength(message));
    const isList = messages.length > 1;
    // From the end, because the header in front is as long as the payload makes it.
    let position = this.wire.length - (isList ? 1 : 0) - lengths.reduce((sum, length) => sum + length + 1, -1);
    for (const length of lengths) {
      this.#begins.push(position);
      this.#ends.push(position + length);
      position += length + 1;
    }
  }

  /** The frame with some of its messages varied, in ascending order; undefined where none is left. */
  vary(variations: readonly Variation[]): Buffer | undefined {
    const count = this.#begins.length;
    const isList = count > 1;
    let left = count;
    let size = isList ? 1 + count : 0;
    size += this.#ends[count - 1]! - this.#begins[0]! - (count - 1);
    for (const { index, message } of variations) {
      size -= this.#ends[index]! - this.#begins[index]!;
      if (message !== undefined) size += Buffer.byteLength(message);
      else {
        left -= 1;
        if (isList) size -= 1;
      }
    }
    return left === 0 ? undefined : this.#write(variations, isList, size);
  }

  #write(variations: readonly Variation[], isList: boolean, size: number): Buffer {
    const frame = this.#memory.allocate(headerLength(size) + size);
    let written = writeHeader(frame, size);
    // In front of every piece stands a comma, or what opens the list.
    let mark = OPEN!;
    const separate = (): void => {
      if (isList) frame[written++] = mark;
      mark = COMMA!;
    };
    let next = 0;
    const copyUpTo = (index: number): void => {
      if (index <= next) return;
      separate();
      written += this.wire.copy(frame, written, this.#begins[next], this.#ends[index - 1]);
    };
    for (const { index, message } of variations) {
      copyUpTo(index);
      if (message !== undefined) {
        separate();
        written += frame.write(message, written);
      }
      next = index + 1;
    }
    copyUpTo(this.#begins.length);
    if (isList) frame[written] = CLOSE!;
    return frame;
  }
}
