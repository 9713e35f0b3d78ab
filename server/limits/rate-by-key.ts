import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';

/** Tables of the sketch; a key has one bucket in each. */
const TABLES = 4;
/** Buckets of a table. All tables together take 1 MiB. */
const TABLE_SIZE = 16_384;
/** Bytes of the hash that select a bucket of one table. */
const BYTES_EACH = 4;
/** Tolerance for sums of fractions. */
const ROUNDING = 1e-6;

/** Limits a rate for each of many keys: users, or networks. */
export class RateByKey {
  readonly #buckets: SharedBuckets;

  /** For each key a burst of `capacity`, refilled at `perSecond`. */
  constructor(capacity: number, perSecond: number, clock: Clock) {
    this.#buckets = new SharedBuckets(capacity, perSecond / 1000, clock);
  }

  /** `amount` in `seconds`, all of it at once if need be. */
  static within(amount: number, seconds: number, clock: Clock): RateByKey {
    return new RateByKey(amount, amount / seconds, clock);
  }

  /** Takes `amount`. Returns 0, or the milliseconds to wait if there is less; then nothing is taken. Without a key nothing is counted. */
  take(key: string | undefined, amount = 1): number {
    return key === undefined ? 0 : this.#buckets.take([key], amount);
  }
}

/**
 * Leaky buckets for any number of keys in memory of a fixed size (a count-min sketch). A key has one bucket in each of four tables,
 * shares each of them with other keys, and counts as the fullest of its four says. So a key may be limited too hard if all four are
 * shared with busy keys, and is never limited too little. Nothing that was counted is forgotten, as a list that evicts its oldest
 * entries would. Which keys share a bucket is a secret of the process.
 */
export class SharedBuckets {
  readonly #capacity: number;
  /** Per millisecond. */
  readonly #rate: number;
  readonly #clock: Clock;
  readonly #salt = randomBytes(16);
  /** What each bucket held at the time in `#at`. */
  readonly #taken = new Float64Array(TABLES * TABLE_SIZE);
  /** Monotonic milliseconds. */
  readonly #at = new Float64Array(TABLES * TABLE_SIZE);

  constructor(capacity: number, perMillisecond: number, clock: Clock) {
    this.#capacity = capacity;
    this.#rate = perMillisecond;
    this.#clock = clock;
  }

  /**
   * Takes `amount` for each of the keys. Returns 0, or the milliseconds to wait if one of them has less; then nothing is taken. More
   * than the capacity is taken from a full bucket, which then owes the rest.
   */
  take(keys: readonly string[], amount = 1): number {
    const places = keys.map((key) => this.#placesOf(key));
    const wanted = Math.min(amount, this.#capacity);
    const missing = wanted - Math.min(...places.map((each) => this.#left(each)));
    if (missing > ROUNDING) return Math.ceil(missing / this.#rate - ROUNDING);
    for (const each of places) this.#add(each, amount);
    return 0;
  }

  /** Gives back what was taken for these keys. */
  giveBack(keys: readonly string[], amount = 1): void {
    for (const key of keys) this.#add(this.#placesOf(key), -amount);
  }

  #left(places: readonly number[]): number {
    return this.#capacity - Math.min(...places.map((place) => this.#takenNow(place)));
  }

  #add(places: readonly number[], amount: number): void {
    const now = this.#clock.monotonic();
    for (const place of places) {
      this.#taken[place] = Math.max(0, this.#takenNow(place) + amount);
      this.#at[place] = now;
    }
  }

  #takenNow(place: number): number {
    const elapsed = this.#clock.monotonic() - this.#at[place]!;
    return Math.max(0, this.#taken[place]! - elapsed * this.#rate);
  }

  #placesOf(key: string): number[] {
    const digest = createHash('sha256').update(this.#salt).update(key).digest();
    return Array.from({ length: TABLES }, (_, table) => {
      return table * TABLE_SIZE + (digest.readUInt32LE(table * BYTES_EACH) % TABLE_SIZE);
    });
  }
}
