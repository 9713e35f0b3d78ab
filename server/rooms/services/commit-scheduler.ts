import type { Stopwatch } from '../../../shared/clock.ts';

/** Milliseconds in which documents that were written count as busy. */
const LOOK_BACK = 8;
/** If more documents than this are busy, waiting for the others costs less than an fsync for each. */
const BUSY_DOCUMENTS = 4;
/** Milliseconds that a busy server waits for more documents to share an fsync. */
const BUSY_WINDOW = 1;

/**
 * Tells rooms when to begin a commit: all together, at the end of the turn of the event loop in which they asked, so that everything
 * that arrived in one turn is one batch. While many documents are written it is a little later, so that more of them share one fsync.
 */
export class CommitScheduler {
  readonly #clock: Stopwatch;
  /** Documents that asked in this period of `LOOK_BACK`, and in the one before. */
  #asked = new Set<string>();
  #askedBefore = new Set<string>();
  #periodStart = 0;
  #next: Promise<void> | undefined;

  constructor(clock: Stopwatch) {
    this.#clock = clock;
  }

  /** Resolves when a document may begin to commit, at once for all that ask in the meantime. */
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

  /** Notes that a document asks; true if many were written lately. */
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
