import type { Stopwatch } from '../../shared/clock.ts';

/**
 * So many at once, and so many per second from then on. It is refilled only when it is empty, so that what stays within the
 * limit costs a subtraction and no look at the clock; a burst after a pause may therefore be up to twice the capacity.
 */
export class TokenBucket {
  readonly #capacity: number;
  /** Tokens per millisecond. */
  readonly #rate: number;
  #tokens: number;
  #refilledAt: number;

  /** Starts full. `now` and all later times are monotonic milliseconds. */
  constructor(capacity: number, perSecond: number, now: number) {
    this.#capacity = capacity;
    this.#rate = perSecond / 1000;
    this.#tokens = capacity;
    this.#refilledAt = now;
  }

  /** Takes one where there is one. */
  take(clock: Pick<Stopwatch, 'monotonic'>): boolean {
    if (this.#tokens < 1 && !this.#refill(clock.monotonic())) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Takes so many, also what is not there yet, which is owed. */
  spend(amount: number, clock: Pick<Stopwatch, 'monotonic'>): void {
    if (this.#tokens < amount) this.#refill(clock.monotonic());
    this.#tokens -= amount;
  }

  /** Milliseconds until nothing is owed. */
  debt(clock: Pick<Stopwatch, 'monotonic'>): number {
    if (this.#tokens < 0) this.#refill(clock.monotonic());
    return Math.max(0, Math.ceil(-this.#tokens / this.#rate));
  }

  /** Milliseconds until there is one to take. */
  get wait(): number {
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#rate));
  }

  /** Whether it would be full again by now, so that nothing is lost by forgetting it. */
  isFull(now: number): boolean {
    return this.#tokens + (now - this.#refilledAt) * this.#rate >= this.#capacity;
  }

  #refill(now: number): boolean {
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#refilledAt) * this.#rate);
    this.#refilledAt = now;
    return this.#tokens >= 1;
  }
}
