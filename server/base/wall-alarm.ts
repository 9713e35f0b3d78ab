import type { Clock } from '../../shared/clock.ts';

/** Milliseconds of the longest sleep: that the machine's time was set meanwhile is noticed within this. */
const LONGEST_SLEEP = 60_000;

/**
 * Rings once the machine's time has come to the earliest of the times it was set for; whoever hears it sets it again. Where the
 * machine's time is set back, the alarm waits longer; where it is set forwards, the alarm rings within a minute.
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

  /** Sets it for a time in milliseconds since 1970; never where that is undefined. */
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
