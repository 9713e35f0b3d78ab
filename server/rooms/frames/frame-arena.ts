import type { Frame } from './wire-frame.ts';

/** Bytes of a piece. */
const PIECE = 131_072;
/** A frame that takes more of a piece has memory of its own. */
const LARGEST = PIECE / 4;

/**
 * Memory for frames of one reader each, which a socket that is not backed up takes from us while it is written to: the same
 * piece is used again and again, where new memory for every frame would have the collector run most of the time.
 */
export class FrameArena {
  #piece = Buffer.alloc(0);
  #used = 0;
  #isKept = false;

  /** Room for a frame of so many bytes. What it holds lasts until the next call, unless it is kept. */
  allocate(bytes: number): Buffer {
    if (bytes > LARGEST) return Buffer.allocUnsafeSlow(bytes);
    if (this.#used + bytes > this.#piece.length) {
      if (this.#isKept || this.#piece.length === 0) this.#piece = Buffer.allocUnsafeSlow(PIECE);
      this.#isKept = false;
      this.#used = 0;
    }
    this.#used += bytes;
    return this.#piece.subarray(this.#used - bytes, this.#used);
  }

  /** Somebody still reads what was taken last: its piece is left to them. */
  pin(): void {
    this.#isKept = true;
  }

  /** The frame in bytes that last by themselves, so that a reader who is behind does not keep a whole piece for each. */
  detach(frame: Frame): Frame {
    return Buffer.isBuffer(frame) && frame.buffer === this.#piece.buffer ? Buffer.from(frame) : frame;
  }
}
