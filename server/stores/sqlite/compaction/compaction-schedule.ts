import type { Clock } from '../../../../shared/clock.ts';
import type { BackgroundJobs } from '../../../base/background-jobs.ts';
import type { CompactionRules, CompactionStep, CompactionTime } from './compactor.ts';

/** When cold history is compacted. */
export interface CompactionOptions extends CompactionRules {
  /** Milliseconds from the end of one walk through all documents to the next. */
  readonly interval: number;
  readonly clock: Clock;
  /** Every walk is a run of the job `compaction`. */
  readonly jobs: Pick<BackgroundJobs, 'announce' | 'run'>;
}

/** Milliseconds between two steps of a walk; calls that wait for the store's thread go first. */
const PAUSE = 20;

/** Walks through the store again and again, a step at a time. */
export class CompactionSchedule {
  readonly #options: CompactionOptions;
  readonly #step: () => Promise<CompactionStep>;
  #cancel: () => void = () => undefined;
  #isStopped = false;

  /** `step` runs in another thread, so it is passed times and no clock. */
  constructor(
    options: CompactionOptions,
    step: (rules: CompactionRules, time: CompactionTime) => Promise<CompactionStep>,
  ) {
    const { keep, idleAfter, clock, jobs } = options;
    this.#options = options;
    this.#step = () => step({ keep, idleAfter }, { now: clock.now(), monotonic: clock.monotonic() });
    jobs.announce('compaction');
    void this.#walkForEver();
  }

  /** Begins no further step. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #walkForEver(): Promise<void> {
    const { interval, jobs } = this.#options;
    for (;;) {
      await this.#pause(interval);
      await jobs.run('compaction', () => this.#walk());
      if (this.#isStopped) return;
    }
  }

  async #walk(): Promise<void> {
    while (!(await this.#step()).isDone) {
      if (this.#isStopped) return;
      await this.#pause(PAUSE);
    }
  }

  /** Never resolves once the schedule is stopped. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancel = this.#options.clock.after(milliseconds, resolve);
    });
  }
}
