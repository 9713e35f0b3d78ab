import type { Clock } from '../clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Where the monotonic time of a test begins; far from 1970, so that nobody takes one time for the other unnoticed. */
const BEGINNING = 1000;

/** A clock that a test moves by hand. */
export class ManualClock implements Clock {
  #elapsed = BEGINNING;
  /** What the machine's time is ahead of the monotonic one. */
  #lead: number;
  readonly #timers = new Set<Timer>();

  constructor(now = 1_700_000_000_000) {
    this.#lead = now - BEGINNING;
  }

  now(): number {
    return this.#elapsed + this.#lead;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  /** Sets the machine's time forwards or, with a negative number, back; no time passes. */
  setBy(milliseconds: number): void {
    this.#lead += milliseconds;
  }

  // A property of its own, as in the real clock: what cannot be sent to a thread there cannot be sent here either.
  readonly after: Clock['after'] = (delay, callback) => {
    const timer = { due: this.#elapsed + Math.max(0, delay), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass; timers fire in order, also those that are set meanwhile. */
  advance(duration: number): void {
    const end = this.#elapsed + duration;
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers)
        if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#elapsed = next.due;
      next.callback();
    }
    this.#elapsed = end;
  }
}
