import { SessionEndedError, type RefusalReason } from '../events/session-status.ts';

interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: SessionEndedError) => void;
}

/** Counts local edits: made, frozen in a submission, durable. Answers who waits for an edit to become durable. */
export class SaveTracker {
  readonly #now: () => number;
  #since = 0;
  #made = 0;
  #frozen = 0;
  #durable = 0;
  #waiters: Waiter[] = [];

  /** `now`: milliseconds of `Clock.monotonic`. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get unsaved(): number {
    return this.#made - this.#durable;
  }

  /** When an edit became durable last or, where none did since, when the first began to wait. Milliseconds of `Clock.monotonic`. */
  get since(): number {
    return this.#since;
  }

  made(count = 1): void {
    if (this.unsaved === 0) this.#since = this.#now();
    this.#made += count;
  }

  /** A submission was frozen; `all` where it took everything made so far, not only a part. */
  froze(all: boolean): void {
    if (all) this.#frozen = this.#made;
  }

  /** What was frozen is unsent again. */
  recalled(): void {
    this.#frozen = this.#durable;
  }

  /** What was frozen became durable; `all` where nothing is unsent any more. */
  settled(all: boolean): void {
    this.#since = this.#now();
    this.#durable = all ? this.#made : this.#frozen;
    const waiters = this.#waiters;
    this.#waiters = waiters.filter((waiter) => waiter.upTo > this.#durable);
    for (const waiter of waiters) if (waiter.upTo <= this.#durable) waiter.resolve();
  }

  /** Resolves when everything made so far is durable. Rejects with SessionEndedError. */
  whenDurable(): Promise<void> {
    if (this.#durable >= this.#made) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ upTo: this.#made, resolve, reject }));
  }

  /** Tells everybody who waits that it will not be. */
  rejectWaiters(reason: RefusalReason | 'left'): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(new SessionEndedError(reason));
  }
}
