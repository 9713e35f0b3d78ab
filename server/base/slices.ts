import type { Stopwatch } from '../../shared/clock.ts';

/** Milliseconds of long work after which the loop is others' alone for as long. */
const REST_FROM = 1;

/**
 * Long work in slices, between which everybody else is served: of all that wait for their next slice, one goes on per turn of the
 * event loop, in the order in which they came. Together they take half of the loop at most, however many wait, so that a message of
 * somebody else seldom finds more than one slice in front of it.
 */
export class Slices {
  readonly #clock: Stopwatch;
  readonly #waiting: (() => void)[] = [];
  #isGoing = false;
  /** Milliseconds that slices took since the last rest. */
  #taken = 0;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Resolves when the next slice may begin: what the caller does then, up to where it waits again. */
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
    // The slice is what follows from its promise, and has been done when this comes, in the same turn.
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
