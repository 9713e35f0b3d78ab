import type { Frame } from './wire-frame.ts';

/** Bytes of a piece. */
const PIECE = 131_072;
/** A larger frame has memory of its own. */
const LARGEST = PIECE / 4;

/** `written`: all bytes that were sent so far have left, so nobody reads them any more. `kept`: some of them still wait. */
export type SendOutcome = 'written' | 'kept';

/** Where frames go. */
export interface FrameReader {
  /** Bytes that were sent and have not left yet. */
  readonly queuedBytes: number;
  /** Sends a frame that holds `messages` messages, or queues it. */
  send(frame: Frame, messages: number): SendOutcome;
}

/**
 * Memory for frames that are made for one reader each. A socket without back-pressure takes its frame while it is written to, so
 * the same piece of memory serves again and again; new memory for every frame would keep the garbage collector busy.
 *
 * A frame is valid until the next `allocate`. Send it by `send` before that, which sees to frames that are read later.
 */
export class FrameArena {
  #piece = Buffer.alloc(0);
  #used = 0;
  /** A reader still reads from the piece: it is left to that reader when it is full. */
  #isPinned = false;

  /** Memory for a frame of `bytes` bytes. */
  allocate(bytes: number): Buffer {
    if (bytes > LARGEST) return Buffer.allocUnsafeSlow(bytes);
    if (this.#used + bytes > this.#piece.length) {
      if (this.#isPinned || this.#piece.length === 0) this.#piece = Buffer.allocUnsafeSlow(PIECE);
      this.#isPinned = false;
      this.#used = 0;
    }
    this.#used += bytes;
    return this.#piece.subarray(this.#used - bytes, this.#used);
  }

  /**
   * Sends a frame, from this arena or not, and keeps its bytes for as long as the reader needs them. The first frame that a reader
   * keeps pins its piece. While `isBehind`, that is while earlier frames wait, frames are copied: one piece for each would be far
   * more memory than they need.
   */
  send(reader: FrameReader, frame: Frame, messages: number, isBehind: boolean): void {
    if (isBehind) reader.send(this.#holds(frame) ? Buffer.from(frame) : frame, messages);
    else if (reader.send(frame, messages) === 'kept' && this.#holds(frame)) this.#isPinned = true;
  }

  #holds(frame: Frame): frame is Buffer {
    return Buffer.isBuffer(frame) && frame.buffer === this.#piece.buffer;
  }
}
