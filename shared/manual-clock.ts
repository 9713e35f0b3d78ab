import type { Clock } from './clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that a test moves by hand. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, delay), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass; timers fire in order, also those that are set meanwhile. */
  advance(duration: number): void {
    const end = this.#now + duration;
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers)
        if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.due;
      next.callback();
    }
    this.#now = end;
  }
}
