import type { Clock } from '../../shared/clock.ts';

/** Milliseconds; timers take no more than 24 days, and a clock that was set anew is noticed within this. */
const LONGEST_SLEEP = 3_600_000;

/** Rings at the earliest of the times it was set for, or a little early; whoever hears it sets it again. */
export class RoomAlarm {
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
    const now = this.#clock.now();
    this.cancel();
    this.#at = Math.min(time, now + LONGEST_SLEEP);
    this.#cancel = this.#clock.after(Math.max(this.#at - now, 0), () => {
      this.#at = Infinity;
      this.#ring();
    });
  }

  cancel(): void {
    this.#cancel?.();
    this.#at = Infinity;
  }
}
