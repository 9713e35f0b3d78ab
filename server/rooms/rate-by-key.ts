import type { Clock } from '../../shared/clock.ts';
import { TokenBucket } from './token-bucket.ts';

/** Keys that are remembered; of more, those that were seen last. */
const REMEMBERED = 10_000;

/** Bounds a rate for each of many: users, or addresses. */
export class RateByKey {
  readonly #atOnce: number;
  readonly #perSecond: number;
  readonly #clock: Clock;
  /** Those that were used last, the newest at the end. */
  readonly #buckets = new Map<string, TokenBucket>();

  /** For each key so many at once, and so many per second from then on. */
  constructor(atOnce: number, perSecond: number, clock: Clock) {
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  /** Counts one; returns 0 where it may pass, else the milliseconds until one may. */
  take(key: string): number {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#atOnce, this.#perSecond, this.#clock.now());
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > REMEMBERED) {
      const [oldest] = this.#buckets.keys();
      this.#buckets.delete(oldest!);
    }
    return bucket.take(this.#clock) ? 0 : bucket.wait;
  }
}
