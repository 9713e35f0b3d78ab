import type { Clock } from '../../shared/clock.ts';
import type { Logger } from './logger.ts';
import type { RoomLog } from './room-log.ts';

/** At the end of the process all of them together get so many milliseconds; the rest opens from an older snapshot. */
const LAST_CHANCE = 2000;

/**
 * Snapshots of documents that leave memory, so that the next one to open them need not wait for a long tail of changes. They
 * are made one after the other, because nobody waits for them and each takes a thread for a moment.
 */
export class RestSnapshots {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #waiting: RoomLog[] = [];
  #running: Promise<void> | undefined;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  add(log: RoomLog): void {
    this.#waiting.push(log);
    this.#running ??= this.#run();
  }

  /** Resolves once all are made, or no time is left for more. */
  async finish(): Promise<void> {
    if (this.#running === undefined) return;
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => (cancel = this.#clock.after(LAST_CHANCE, resolve)));
    await Promise.race([this.#running, late]);
    cancel();
    this.#waiting.length = 0;
  }

  async #run(): Promise<void> {
    for (let log = this.#waiting.shift(); log !== undefined; log = this.#waiting.shift()) {
      try {
        await log.snapshotAtRest();
      } catch (error) {
        this.#logger.warn({ documentId: log.documentId, err: error }, 'A snapshot could not be kept');
      }
    }
    this.#running = undefined;
  }
}
