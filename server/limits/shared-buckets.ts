import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';

/** Tables of buckets, in each of which a key has one. */
const TABLES = 4;
/** Buckets of a table: all together take 1 MiB. */
const TABLE_SIZE = 16_384;
/** Bytes of a hash that name a bucket of one table. */
const BYTES_EACH = 4;
/** What sums of fractions may be off by. */
const ROUNDING = 1e-6;

/**
 * So much at once for each key, and so much per millisecond from then on, for any number of keys in memory of one size. Nothing
 * that was counted is ever forgotten, as it would be by a list that drops the oldest: a key has a bucket in each of four tables,
 * shares each with other keys (a count-min sketch), and has what the fullest of its four holds. So a key may be counted too hard
 * where all four are shared with somebody busy, and never too kindly. Which keys share is a secret of the process.
 */
export class SharedBuckets {
  readonly #capacity: number;
  readonly #rate: number;
  readonly #clock: Clock;
  readonly #salt = randomBytes(16);
  /** What was taken of each bucket and has not come back, at the time beside it. */
  readonly #taken = new Float64Array(TABLES * TABLE_SIZE);
  readonly #at = new Float64Array(TABLES * TABLE_SIZE);

  constructor(capacity: number, perMillisecond: number, clock: Clock) {
    this.#capacity = capacity;
    this.#rate = perMillisecond;
    this.#clock = clock;
  }

  /**
   * Takes so much for each of the keys; returns 0, or the milliseconds to wait where one of them has less, and then nothing is
   * taken. What is more than a bucket holds is taken from a full one, and owed.
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
