import type { Random } from '../transport/transport.ts';

/** The bound of the first wait, in milliseconds; every further failure doubles it. */
const FIRST_BOUND = 500;
/** No wait is longer. */
const LONGEST_WAIT = 30_000;
/** A connection that stayed joined for this long was a good one: the next loss starts from the shortest wait. */
const GOOD_AFTER = 10_000;
/**
 * Failures that a close code counts for at least. After a restart (1012) or overload (1013, 4429) clients must not all come back
 * within half a second.
 */
const FAILURES_BY_CLOSE: Readonly<Record<number, number>> = { 1012: 2, 1013: 4, 4429: 4 };

/**
 * Exponential backoff with full jitter: a wait is anything between nothing and the bound, so that many clients that were cut at
 * once come back spread out.
 */
export class Backoff {
  readonly #random: Random;
  /** In a row. */
  #failures = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.#failures = 0;
  }

  /** A connection that was joined for `joinedFor` milliseconds was closed with `code`. */
  closed(code: number, joinedFor: number): void {
    if (joinedFor >= GOOD_AFTER) this.reset();
    this.#failures = Math.max(this.#failures, FAILURES_BY_CLOSE[code] ?? 0);
  }

  /** Counts a failure; returns the milliseconds to wait before the next attempt. */
  next(): number {
    const bound = Math.min(LONGEST_WAIT, FIRST_BOUND * 2 ** Math.min(this.#failures, 16));
    this.#failures += 1;
    return this.#random() * bound;
  }
}
