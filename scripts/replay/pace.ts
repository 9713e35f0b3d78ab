import { setImmediate, setTimeout } from 'node:timers/promises';

/** Edits between two looks at the network where no pace is asked for. */
const BURST = 32;

/** Tells after every edit how far it is, and waits where that is too fast. */
export class Pace {
  done = 0;
  readonly #perSecond: number | undefined;
  readonly #begun = performance.now();
  readonly #report: (done: number) => void;

  /** Without `perSecond`, as fast as it goes. */
  constructor(perSecond: number | undefined, report: (done: number) => void) {
    this.#perSecond = perSecond;
    this.#report = report;
  }

  async step(): Promise<void> {
    this.done += 1;
    if (this.#perSecond !== undefined) {
      const due = this.#begun + (this.done / this.#perSecond) * 1000;
      if (due > performance.now()) await setTimeout(due - performance.now());
    }
    if (this.done % BURST === 0) {
      await setImmediate();
      this.#report(this.done);
    }
  }
}
