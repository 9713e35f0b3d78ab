import type { FrameArena } from './frame-arena.ts';
import { joinFrame } from './frames.ts';
import { headerLength, wireFrame, writeHeader } from './wire-frame.ts';

/** What a reader gets in place of one message of a shared frame: another one, or none if undefined. */
export interface Variation {
  /** Of the message that is replaced. */
  readonly index: number;
  readonly message: string | undefined;
}

const [OPEN, COMMA, CLOSE] = Buffer.from('[,]');

/**
 * Messages encoded once for all readers of a room. A reader who gets some of them otherwise has a frame of its own, spliced together
 * from the same bytes. A frame of three messages, and what `vary` makes of it if message 1 becomes another one and 2 falls away:
 *
 *            ┌────────┬───┬───────────┬───┬───────────┬───┬───────────┬───┐
 *     wire   │ header │ [ │ message 0 │ , │ message 1 │ , │ message 2 │ ] │
 *            └────────┴───┴───────────┴───┴───────────┴───┴───────────┴───┘
 *                         b0         e0   b1         e1   b2         e2       b: #begins, e: #ends
 *
 *            ┌────────┬───┬───────────┬───┬─────────────┬───┐
 *     varied │ header │ [ │ message 0 │ , │ another one │ ] │
 *            └────────┴───┴───────────┴───┴─────────────┴───┘
 *               new         copied           encoded
 *
 * A frame of one message has no brackets. Neighbours that are not varied are copied in one go, with the commas between them.
 */
export class SharedFrame {
  /** The whole frame, for every reader who gets it unvaried. */
  readonly wire: Buffer;
  /** Offsets in `wire` at which each message begins and ends. */
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];
  readonly #arena: FrameArena;

  /** Varied frames are put together in `arena`. */
  constructor(messages: readonly string[], arena: FrameArena) {
    this.#arena = arena;
    this.wire = wireFrame(joinFrame(messages));
    const lengths = messages.map((message) => Buffer.byteLength(message));
    const isList = messages.length > 1;
    // Counted from the end, because the length of the header depends on the payload.
    let position = this.wire.length - (isList ? 1 : 0) - lengths.reduce((sum, length) => sum + length + 1, -1);
    for (const length of lengths) {
      this.#begins.push(position);
      this.#ends.push(position + length);
      position += length + 1;
    }
  }

  /**
   * The frame with some of its messages varied, in ascending order; undefined if none is left. It lies in the arena: send it before
   * the next one is made.
   */
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
    const frame = this.#arena.allocate(headerLength(size) + size);
    let written = writeHeader(frame, size);
    // A comma precedes every piece but the first, which the bracket precedes.
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
