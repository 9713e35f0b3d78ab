import type { Stopwatch } from '../../shared/clock.ts';

/**
 * A burst of `capacity`, refilled at a rate. It is refilled only when empty, so that traffic within the limit costs a subtraction
 * and no reading of the clock; a burst after a pause may therefore be up to twice the capacity.
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

  /** Takes one if there is one. */
  take(clock: Pick<Stopwatch, 'monotonic'>): boolean {
    if (this.#tokens < 1 && !this.#refill(clock.monotonic())) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Takes `amount`, going into debt if there is less. */
  spend(amount: number, clock: Pick<Stopwatch, 'monotonic'>): void {
    if (this.#tokens < amount) this.#refill(clock.monotonic());
    this.#tokens -= amount;
  }

  /** Milliseconds until the debt is paid. */
  debt(clock: Pick<Stopwatch, 'monotonic'>): number {
    if (this.#tokens < 0) this.#refill(clock.monotonic());
    return Math.max(0, Math.ceil(-this.#tokens / this.#rate));
  }

  /** Milliseconds until there is one to take. */
  get wait(): number {
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#rate));
  }

  /** Whether it would be full by now, so that it can be forgotten. */
  isFull(now: number): boolean {
    return this.#tokens + (now - this.#refilledAt) * this.#rate >= this.#capacity;
  }

  #refill(now: number): boolean {
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#refilledAt) * this.#rate);
    this.#refilledAt = now;
    return this.#tokens >= 1;
  }
}
