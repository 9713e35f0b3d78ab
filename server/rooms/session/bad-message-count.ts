/** So many bad messages within so many milliseconds end a session with 4400. */
const BAD_MESSAGES = 10;
const WITHIN = 10_000;

/** Remembers when the last bad messages of a session came. */
export class BadMessageCount {
  readonly #times: number[] = [];

  /** Counts one at a time in monotonic milliseconds; true where it is one too many. */
  isTooMany(now: number): boolean {
    this.#times.push(now);
    if (this.#times.length > BAD_MESSAGES) this.#times.shift();
    return this.#times.length === BAD_MESSAGES && now - this.#times[0]! <= WITHIN;
  }
}
