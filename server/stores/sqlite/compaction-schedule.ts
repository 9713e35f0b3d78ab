import type { Clock } from '../../../shared/clock.ts';
import type { CompactionRules, CompactionStep } from './compactor.ts';

/** When cold history is compacted. */
export interface CompactionOptions extends CompactionRules {
  /** Milliseconds from the end of one walk through all documents to the next. */
  readonly interval: number;
  readonly clock: Clock;
}

/** Milliseconds between two steps of a walk; what waits for the store's thread meanwhile goes first. */
const PAUSE = 20;

/** Walks through the store again and again, a step at a time. */
export class CompactionSchedule {
  readonly #options: CompactionOptions;
  readonly #step: () => Promise<CompactionStep>;
  readonly #report: (message: string) => void;
  #cancel: () => void;
  #isStopped = false;
  #isFailing = false;

  constructor(
    options: CompactionOptions,
    step: (rules: CompactionRules, now: number) => Promise<CompactionStep>,
    report: (message: string) => void,
  ) {
    this.#options = options;
    this.#step = () => step(options, options.clock.now());
    this.#report = report;
    this.#cancel = this.#after(options.interval);
  }

  /** No further step begins. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #after(delay: number): () => void {
    return this.#options.clock.after(delay, () => void this.#walk());
  }

  async #walk(): Promise<void> {
    let delay = this.#options.interval;
    try {
      const { isDone, moved } = await this.#step();
      if (!isDone) delay = PAUSE;
      if (isDone || moved > 0) this.#isFailing = false;
    } catch (error) {
      // Once, not at every walk: whoever appends is told as well.
      if (!this.#isFailing && !this.#isStopped) {
        this.#report(`History cannot be compacted now: ${error instanceof Error ? error.message : String(error)}`);
      }
      this.#isFailing = true;
    }
    if (!this.#isStopped) this.#cancel = this.#after(delay);
  }
}
