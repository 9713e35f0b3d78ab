import { afterInPieces, type Clock } from '../../shared/clock.ts';

/** The clock of the machine. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: afterInPieces((delay, callback) => {
    const timer = setTimeout(callback, delay);
    timer.unref();
    return () => clearTimeout(timer);
  }),
};

/** Longest sleep in milliseconds; a change of the machine's clock is noticed within this time. */
const LONGEST_SLEEP = 60_000;

/**
 * Calls `ring` once the machine's clock reaches the earliest time that was set; the owner then sets it again. If the clock is set
 * back, the alarm waits longer; if it is set forwards, the alarm rings within a minute.
 */
export class WallAlarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #at = Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Sets it for a time in milliseconds since 1970; undefined and later times change nothing. */
  setFor(time: number | undefined): void {
    if (time === undefined || time >= this.#at) return;
    this.cancel();
    this.#at = time;
    this.#sleep();
  }

  cancel(): void {
    this.#cancel?.();
    this.#at = Infinity;
  }

  #sleep(): void {
    const left = Math.max(0, this.#at - this.#clock.now());
    this.#cancel = this.#clock.after(Math.min(left, LONGEST_SLEEP), () => {
      if (this.#clock.now() < this.#at) return this.#sleep();
      this.#at = Infinity;
      this.#ring();
    });
  }
}
