import { within, type Stopwatch } from '../../../shared/clock.ts';
import type { BackgroundJobs } from '../../base/background-jobs.ts';
import type { RoomLog } from './room-log.ts';

/**
 * Snapshots of documents that leave memory, so that the next one to open them need not wait for a long tail of changes. They
 * are made one after the other, because nobody waits for them and each takes a thread for a moment.
 */
export class EvictionSnapshots {
  readonly #clock: Stopwatch;
  readonly #jobs: BackgroundJobs;
  readonly #waiting: RoomLog[] = [];
  #running: Promise<void> | undefined;

  constructor(clock: Stopwatch, jobs: BackgroundJobs) {
    this.#clock = clock;
    this.#jobs = jobs;
    jobs.announce('snapshot');
  }

  add(log: RoomLog): void {
    this.#waiting.push(log);
    this.#running ??= this.#run();
  }

  /** Resolves once all are made, or after so many milliseconds; documents without open from an older snapshot. */
  async finish(milliseconds: number): Promise<void> {
    if (this.#running !== undefined) await within(this.#clock, milliseconds, this.#running);
    this.#waiting.length = 0;
  }

  async #run(): Promise<void> {
    for (let log = this.#waiting.shift(); log !== undefined; log = this.#waiting.shift()) await this.#keep(log);
    this.#running = undefined;
  }

  async #keep(log: RoomLog): Promise<void> {
    const snapshot = log.evictionSnapshot();
    if (snapshot !== undefined) await this.#jobs.run('snapshot', () => snapshot, { documentId: log.documentId });
  }
}
