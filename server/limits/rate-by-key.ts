import type { Clock } from '../../shared/clock.ts';
import { SharedBuckets } from './shared-buckets.ts';

/** Bounds a rate for each of many: users, or addresses. */
export class RateByKey {
  readonly #buckets: SharedBuckets;

  /** For each key so many at once, and so many per second from then on. */
  constructor(atOnce: number, perSecond: number, clock: Clock) {
    this.#buckets = new SharedBuckets(atOnce, perSecond / 1000, clock);
  }

  /**
   * Counts one, or as many as it says; returns 0 where it may pass, else the milliseconds until it may. Whoever has no key is not
   * counted.
   */
  take(key: string | undefined, amount = 1): number {
    return key === undefined ? 0 : this.#buckets.take([key], amount);
  }
}
