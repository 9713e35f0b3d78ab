import type { Clock } from '../clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** The monotonic time at which a test begins; far from the machine's time, so that mistaking one for the other shows. */
const BEGINNING = 1000;

/** A clock that a test moves by hand. */
export class ManualClock implements Clock {
  #elapsed = BEGINNING;
  /** How far the machine's time is ahead of the monotonic one. */
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

  // An own property, as in the real clock, so that this one cannot be posted to a thread either.
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
