import type { Stopwatch } from '../../../shared/clock.ts';
import type { SendBufferLimits } from '../services/room-limits.ts';

/**
 * Tells when a reader is too slow. The limit of bytes applies to what waits before a frame is sent, so a frame larger than the limit
 * still gets through. The answer to a join, a whole text, does not count while it is on its way. A reader that takes nothing at all
 * is too slow after `sendBufferTimeout`, whatever waits.
 */
export class Backpressure {
  readonly #limits: SendBufferLimits;
  /** Bytes that may wait beyond the limit: as much of the join answer as can still be in the queue. */
  #allowance = 0;
  /** Since when we wait for the bytes that were in the queue then to leave, and for how many milliseconds we do. */
  #since: number | undefined;
  #patience = 0;
  /** Bytes that were queued after that. */
  #younger = 0;
  /** Bytes that were queued in all, how many of them have left as far as we have seen, and when we last saw more leave. */
  #all = 0;
  #left = -Infinity;
  #leftAt = 0;

  constructor(limits: SendBufferLimits) {
    this.#limits = limits;
  }

  /** Whether the reader is too slow, with `queued` bytes in the queue now. */
  isTooSlow(queued: number, clock: Pick<Stopwatch, 'monotonic'>): boolean {
    if (queued === 0) {
      this.#allowance = 0;
      this.#since = undefined;
      this.#left = -Infinity;
      return false;
    }
    this.#allowance = Math.min(this.#allowance, queued);
    if (queued - this.#allowance > this.#limits.sendBufferBytes) return true;
    const now = clock.monotonic();
    // If everything in the queue may be younger, the bytes that we waited for have left.
    if (this.#since === undefined || queued <= this.#younger) this.#waitFrom(now, queued);
    if (this.#all - queued > this.#left) {
      this.#left = this.#all - queued;
      this.#leftAt = now;
    }
    // A reader that takes nothing in that time will take nothing, however much waits.
    if (now - Math.max(this.#leftAt, this.#since!) > this.#limits.sendBufferTimeout) return true;
    return now - this.#since! > this.#patience;
  }

  /** A frame of about `bytes` bytes was queued. */
  queued(bytes: number): void {
    this.#younger += bytes;
    this.#all += bytes;
  }

  /** The queue, of `queued` bytes, holds a join answer, which may be far larger than the limit. */
  allow(queued: number): void {
    this.#allowance = queued;
  }

  #waitFrom(now: number, queued: number): void {
    this.#since = now;
    this.#younger = 0;
    // In proportion: the limits make a slowest rate, which holds for a long text too.
    this.#patience = this.#limits.sendBufferTimeout * Math.max(1, queued / this.#limits.sendBufferBytes);
  }
}
