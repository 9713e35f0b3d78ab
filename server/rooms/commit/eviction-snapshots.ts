import type { Stopwatch } from '../../../shared/clock.ts';
import { within } from '../../../shared/within.ts';
import type { BackgroundJobs } from '../../base/background-jobs.ts';
import type { RoomLog } from './room-log.ts';

/**
 * Writes snapshots of documents that leave memory, so that opening them again need not apply a long tail of changes. One at a
 * time, because nobody waits for them and each keeps a thread busy for a moment.
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

  /** Resolves once all are written, or after `milliseconds`. Documents that got none open from an older snapshot. */
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
