import type { Clock } from '../../shared/clock.ts';

/** Milliseconds in which as many failures are forgotten as may happen at once. */
const WINDOW = 60_000;
/** Addresses and links that are remembered; the longest untouched are forgotten first. */
const REMEMBERED = 10_000;

interface Bucket {
  /** Tries that are left; a fraction of one grows to a whole one. */
  left: number;
  at: number;
}

/** Bounds how many wrong passwords are tried: from one address, and for one link. What succeeds costs nothing. */
export class PasswordAttempts {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /**
   * Takes a try from each of the buckets, before it is known how it ends, so that many at once are bounded too. Hands back the
   * milliseconds to wait where one of them is empty; then none is taken from.
   */
  take(keys: readonly string[]): number | undefined {
    const buckets = keys.map((key) => this.#bucket(key));
    const least = Math.min(...buckets.map(({ left }) => left));
    if (least < 1) return Math.ceil(((1 - least) * WINDOW) / this.#perMinute);
    for (const bucket of buckets) bucket.left -= 1;
    return undefined;
  }

  /** Gives a try back that was none, because the password was right. */
  giveBack(keys: readonly string[]): void {
    for (const key of keys) {
      const bucket = this.#bucket(key);
      bucket.left = Math.min(bucket.left + 1, this.#perMinute);
    }
  }

  #bucket(key: string): Bucket {
    const now = this.#clock.now();
    const known = this.#buckets.get(key) ?? { left: this.#perMinute, at: now };
    const earned = (Math.max(now - known.at, 0) * this.#perMinute) / WINDOW;
    known.left = Math.min(known.left + earned, this.#perMinute);
    known.at = now;
    // Those touched last stand at the end.
    this.#buckets.delete(key);
    this.#buckets.set(key, known);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > REMEMBERED && oldest !== undefined) this.#buckets.delete(oldest);
    return known;
  }
}
