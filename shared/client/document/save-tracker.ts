import { Deferred } from '../events/deferred.ts';

/** Counts local edits: made, submitted, durable. Tells when an edit becomes durable. */
export class SaveTracker {
  readonly #now: () => number;
  readonly #durability = new Deferred();
  #since = 0;
  #made = 0;
  #submitted = 0;
  #durable = 0;

  /** `now`: milliseconds of `Clock.monotonic`. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get unsaved(): number {
    return this.#made - this.#durable;
  }

  /**
   * When an edit last became durable or, if none did since, when the first unsaved one was made. Milliseconds of
   * `Clock.monotonic`.
   */
  get since(): number {
    return this.#since;
  }

  made(count = 1): void {
    if (this.unsaved === 0) this.#since = this.#now();
    this.#made += count;
  }

  /** A submission was taken; `all` if it holds everything made so far, not only a part. */
  submitted(all: boolean): void {
    if (all) this.#submitted = this.#made;
  }

  /** What was submitted is unsent again. */
  recalled(): void {
    this.#submitted = this.#durable;
  }

  /** What was submitted became durable; `all` if nothing is unsent any more. */
  settled(all: boolean): void {
    this.#since = this.#now();
    this.#durable = all ? this.#made : this.#submitted;
    this.#durability.resolve(this.#durable);
  }

  /** Resolves when everything made so far is durable. Rejects after `rejectWaiters`. */
  whenDurable(): Promise<void> {
    return this.#durable >= this.#made ? Promise.resolve() : this.#durability.when(this.#made);
  }

  /** Rejects all promises of `whenDurable`. */
  rejectWaiters(error: Error): void {
    this.#durability.reject(error);
  }
}
