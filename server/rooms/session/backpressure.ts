import type { Stopwatch } from '../../../shared/clock.ts';
import type { SendBufferLimits } from '../services/room-limits.ts';

/**
 * Tells when a reader is too slow. Only what waited before a frame came counts against its bytes, so a frame larger than all
 * that may wait still gets through; and the answer to a join, a whole text, does not count at all while it is on its way. A reader
 * that takes nothing at all is given up after the time, whatever waits.
 */
export class Backpressure {
  readonly #limits: SendBufferLimits;
  /** What may wait beside the limit: as much of the join answer as can still be in the queue. */
  #allowance = 0;
  /** Since when, and for how long, what was in the queue then may stay there. */
  #since: number | undefined;
  #patience = 0;
  /** Bytes that were queued after it. */
  #younger = 0;
  /** Bytes that were queued in all, the most of them that were seen to have left, and when more of them had. */
  #all = 0;
  #left = -Infinity;
  #leftAt = 0;

  constructor(limits: SendBufferLimits) {
    this.#limits = limits;
  }

  /** Whether the reader is too slow, with so many bytes in the queue at that time. */
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
    // What is still there may all be younger: then what was waited for has left.
    if (this.#since === undefined || queued <= this.#younger) this.#waitFrom(now, queued);
    if (this.#all - queued > this.#left) {
      this.#left = this.#all - queued;
      this.#leftAt = now;
    }
    // However much waits: who takes nothing of it in that time will take nothing.
    if (now - Math.max(this.#leftAt, this.#since!) > this.#limits.sendBufferTimeout) return true;
    return now - this.#since! > this.#patience;
  }

  /** A frame of about so many bytes was queued. */
  queued(bytes: number): void {
    this.#younger += bytes;
    this.#all += bytes;
  }

  /** The queue holds a join answer, which may be far larger than all that may wait. */
  allow(queued: number): void {
    this.#allowance = queued;
  }

  #waitFrom(now: number, queued: number): void {
    this.#since = now;
    this.#younger = 0;
    // As slow as the limit says is slow enough, also for a long text.
    this.#patience = this.#limits.sendBufferTimeout * Math.max(1, queued / this.#limits.sendBufferBytes);
  }
}
