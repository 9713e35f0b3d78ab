import type { Clock } from '../../shared/clock.ts';
import { SharedBuckets } from '../limits/rate-by-key.ts';

/** Milliseconds in which as many failures are forgiven as may happen at once. */
const WINDOW = 60_000;

/** Bounds how many wrong passwords are tried: from one address, and for one link. What succeeds costs nothing. */
export class PasswordAttempts {
  readonly #buckets: SharedBuckets;

  constructor(perMinute: number, clock: Clock) {
    this.#buckets = new SharedBuckets(perMinute, perMinute / WINDOW, clock);
  }

  /**
   * Takes a try from each of the keys, before it is known how it ends, so that many at once are bounded too. Hands back the
   * milliseconds to wait where one of them has none left; then none is taken.
   */
  take(keys: readonly string[]): number | undefined {
    const wait = this.#buckets.take(keys);
    return wait === 0 ? undefined : wait;
  }

  /** Gives a try back that was none, because the password was right, or nobody waited for the answer. */
  giveBack(keys: readonly string[]): void {
    this.#buckets.giveBack(keys);
  }
}
