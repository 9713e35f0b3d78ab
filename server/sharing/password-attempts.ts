import type { Clock } from '../../shared/clock.ts';
import { SharedBuckets } from '../limits/rate-by-key.ts';

/** Milliseconds in which a full count is forgiven. */
const WINDOW = 60_000;

/** Limits wrong passwords by network and by link. Right ones cost nothing. */
export class PasswordAttempts {
  readonly #buckets: SharedBuckets;

  constructor(perMinute: number, clock: Clock) {
    this.#buckets = new SharedBuckets(perMinute, perMinute / WINDOW, clock);
  }

  /**
   * Takes an attempt from each key before its outcome is known, so that parallel attempts are limited too. Returns the milliseconds
   * to wait if a key has none left; then none is taken.
   */
  take(keys: readonly string[]): number | undefined {
    const wait = this.#buckets.take(keys);
    return wait === 0 ? undefined : wait;
  }

  /** Gives an attempt back: the password was right, or was never tried. */
  giveBack(keys: readonly string[]): void {
    this.#buckets.giveBack(keys);
  }
}
