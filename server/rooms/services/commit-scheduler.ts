import type { Stopwatch } from '../../../shared/clock.ts';

/** So many milliseconds are looked back to tell how many documents are being written. */
const LOOK_BACK = 8;
/** From so many documents on, waiting for others costs less than a sync of the disk for each. */
const BUSY_DOCUMENTS = 4;
/** For how many milliseconds a busy server waits for more documents to share a sync. */
const BUSY_WINDOW = 1;

/**
 * Tells rooms when to begin a commit: together, at the end of the turn in which they were asked, so that what arrived in one turn
 * is one batch. While many documents are written, some time later, so that more of them share one sync of the disk.
 */
export class CommitScheduler {
  readonly #clock: Stopwatch;
  /** Which documents asked in this period of `LOOK_BACK` and in the one before. */
  #asked = new Set<string>();
  #askedBefore = new Set<string>();
  #periodStart = 0;
  #next: Promise<void> | undefined;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Resolves when a document may begin to commit; for all that ask in the meantime at once. */
  next(documentId: string): Promise<void> {
    const isBusy = this.#note(documentId);
    this.#next ??= new Promise((resolve) => {
      const begin = (): void => {
        this.#next = undefined;
        resolve();
      };
      if (isBusy) this.#clock.after(BUSY_WINDOW, begin);
      else setImmediate(begin);
    });
    return this.#next;
  }

  /** True where many others were written lately. */
  #note(documentId: string): boolean {
    const now = this.#clock.monotonic();
    const elapsed = now - this.#periodStart;
    if (elapsed >= LOOK_BACK) {
      this.#askedBefore = elapsed < 2 * LOOK_BACK ? this.#asked : new Set();
      this.#asked = new Set();
      this.#periodStart = now;
    }
    this.#asked.add(documentId);
    return Math.max(this.#asked.size, this.#askedBefore.size) > BUSY_DOCUMENTS;
  }
}
