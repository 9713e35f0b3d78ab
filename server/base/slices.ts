import type { Stopwatch } from '../../shared/clock.ts';

/** After this many milliseconds of slices the loop is left to others for as long. */
const REST_FROM = 1;

/**
 * Time slices for long work, between which others are served. Of all that wait for their next slice, one runs per turn of the event
 * loop, first come, first served. Together they take at most half of the loop, however many wait, so that a message of somebody
 * else seldom waits for more than one slice.
 */
export class Slices {
  readonly #clock: Stopwatch;
  readonly #waiting: (() => void)[] = [];
  #isGoing = false;
  /** Milliseconds that slices took since the last pause. */
  #taken = 0;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Resolves when the caller's next slice begins. The slice lasts until the caller awaits again. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#isGoing) return;
      this.#isGoing = true;
      this.#nextTurn();
    });
  }

  #nextTurn(): void {
    let begun = 0;
    setImmediate(() => {
      begun = this.#clock.monotonic();
      this.#waiting.shift()!();
    });
    // The slice runs in the microtasks of its promise, so it is over when this callback runs, in the same turn.
    setImmediate(() => {
      this.#taken += this.#clock.monotonic() - begun;
      this.#goOn();
    });
  }

  #goOn(): void {
    const rest = this.#taken;
    if (this.#waiting.length === 0) this.#isGoing = false;
    else if (rest < REST_FROM) return this.#nextTurn();
    else this.#clock.after(rest, () => this.#nextTurn());
    this.#taken = 0;
  }
}
