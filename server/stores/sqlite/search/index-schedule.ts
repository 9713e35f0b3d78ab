import type { Clock } from '../../../../shared/clock.ts';
import type { BackgroundJobs } from '../../../base/background-jobs.ts';
import type { IndexRules } from './indexer.ts';

/** When texts are indexed. */
export interface IndexOptions extends IndexRules {
  /** Milliseconds from a change until its text is indexed. Further changes until then are indexed with it. */
  readonly delay: number;
  readonly clock: Clock;
  /** Every step is a run of the job `index`. */
  readonly jobs: Pick<BackgroundJobs, 'announce' | 'run'>;
}

/** What the schedule has done in the store's thread. */
export interface IndexSteps {
  /** Ids of documents after a key that are not indexed by these rules, and the key to go on from; undefined at the end. */
  readonly stale: (
    after: number,
    rules: IndexRules,
  ) => Promise<{ documentIds: readonly string[]; next: number | undefined }>;
  /** Does the next step on these documents, in order; returns the lengths of the texts of those that are finished, in UTF-16 units. */
  readonly index: (documentIds: readonly string[], rules: IndexRules) => Promise<readonly number[]>;
}

/** Milliseconds between two steps; calls that wait for the store's thread go first. */
const PAUSE = 20;
/** Milliseconds until a document that failed is tried again, and until others are tried. */
const RETRY = 10_000;
const AFTER_FAILURE = 1000;
/** Documents that one step is handed. */
const AT_ONCE = 32;
/** UTF-16 units from which on a text is long: reading one takes the thread a millisecond per 50,000 of them, so long ones wait longer. */
const LONG = 50_000;
/** Units for which a change of a long text waits one millisecond more. */
const UNITS_PER_MS = 100;

/** Indexes documents some time after they changed, and at the start those that are not indexed yet. */
export class IndexSchedule {
  readonly #options: IndexOptions;
  readonly #steps: IndexSteps;
  /** When documents are due, in the order in which they changed. Monotonic milliseconds. */
  readonly #due = new Map<string, number>();
  /** Documents that are being indexed, in order; they may be due again. */
  readonly #unfinished = new Set<string>();
  /** Whether those are indexed one by one, because a step for several has failed. */
  #isOneByOne = false;
  /** The lengths of long texts. */
  readonly #long = new Map<string, number>();
  #cancel: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #isStopped = false;

  constructor(options: IndexOptions, steps: IndexSteps) {
    this.#options = options;
    this.#steps = steps;
    options.jobs.announce('index');
    void this.#workForEver();
  }

  /** A document has changed. */
  changed(documentId: string): void {
    if (this.#due.has(documentId)) return;
    const { clock, delay } = this.#options;
    this.#due.set(documentId, clock.monotonic() + delay + (this.#long.get(documentId) ?? 0) / UNITS_PER_MS);
    this.#wake();
  }

  /** Begins no further step. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #workForEver(): Promise<void> {
    await this.#findStale();
    while (!this.#isStopped) {
      await this.#untilDue();
      await this.#indexDue();
    }
  }

  /** Walks through all documents once; what changed while no index was kept is due at once. */
  async #findStale(): Promise<void> {
    const { jobs, length } = this.#options;
    for (let after: number | undefined = 0; after !== undefined && !this.#isStopped;) {
      const from: number = after;
      const isDone = await jobs.run('index', async () => {
        const page = await this.#steps.stale(from, { length });
        for (const documentId of page.documentIds) if (!this.#due.has(documentId)) this.#due.set(documentId, 0);
        after = page.next;
      });
      await this.#pause(isDone ? PAUSE : AFTER_FAILURE);
      await this.#indexDue();
    }
  }

  async #indexDue(): Promise<void> {
    while (!this.#isStopped) {
      if (this.#unfinished.size === 0) this.#takeDue();
      if (this.#unfinished.size === 0) return;
      const isDone = await this.#options.jobs.run('index', () => this.#step());
      await this.#pause(isDone ? PAUSE : AFTER_FAILURE);
    }
  }

  /** Takes the first documents that are due; a change that comes from now on makes its document due again. */
  #takeDue(): void {
    this.#isOneByOne = false;
    const now = this.#options.clock.monotonic();
    for (const [documentId, due] of this.#due) {
      if (this.#unfinished.size === AT_ONCE) break;
      if (due > now) continue;
      this.#due.delete(documentId);
      this.#unfinished.add(documentId);
    }
  }

  async #step(): Promise<void> {
    const documentIds = [...this.#unfinished].slice(0, this.#isOneByOne ? 1 : AT_ONCE);
    const first = documentIds[0]!;
    let lengths: readonly number[];
    try {
      lengths = await this.#steps.index(documentIds, { length: this.#options.length });
    } catch (error) {
      // Any of them may be the cause.
      if (documentIds.length === 1) {
        this.#unfinished.delete(first);
        this.#due.set(first, this.#options.clock.monotonic() + RETRY);
      }
      this.#isOneByOne = true;
      throw error;
    }
    for (const [index, length] of lengths.entries()) {
      const documentId = documentIds[index]!;
      this.#unfinished.delete(documentId);
      if (length < LONG) this.#long.delete(documentId);
      else this.#long.set(documentId, length);
    }
  }

  /** Waits for a change, or until the first document is due; no longer than a change waits, because one may come meanwhile. */
  async #untilDue(): Promise<void> {
    if (this.#due.size === 0) return this.#changes();
    const { clock, delay } = this.#options;
    let next = Infinity;
    for (const due of this.#due.values()) next = Math.min(next, due);
    await this.#pause(Math.max(PAUSE, Math.min(delay, next - clock.monotonic())));
  }

  /** Resolves once a document changes. */
  #changes(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Never resolves once the schedule is stopped. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#isStopped) this.#cancel = this.#options.clock.after(milliseconds, resolve);
    });
  }
}
