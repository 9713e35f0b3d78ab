import type { Clock } from '../../../../shared/clock.ts';
import type { BackgroundJobs } from '../../../base/background-jobs.ts';
import type { IndexRules } from './indexer.ts';

/** When texts are indexed. */
export interface IndexOptions extends IndexRules {
  /** Milliseconds from a change until its text is indexed. Further changes until then are indexed with it. */
  readonly delay: number;
  readonly clock: Clock;
  /** Whatever is due together is a run of the job `index`. */
  readonly jobs: Pick<BackgroundJobs, 'announce' | 'run'>;
}

/** What the schedule has done in the store's thread. */
export interface IndexSteps {
  /** Ids of documents after a key that are not indexed, and the key to go on from; undefined at the end. */
  readonly stale: (after: number) => Promise<{ documentIds: readonly string[]; next: number | undefined }>;
  /** Does the next step on these documents, in order; returns the lengths of the texts of those that are finished, in UTF-16 units. */
  readonly index: (documentIds: readonly string[], rules: IndexRules) => Promise<readonly number[]>;
}

/** Milliseconds between two steps; calls that wait for the store's thread go first. */
const PAUSE = 20;
/** Milliseconds until what failed is tried again. */
const RETRY = 10_000;
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
    const { jobs, clock } = this.#options;
    while (!(await jobs.run('index', () => this.#findStale()))) await this.#pause(RETRY);
    for (;;) {
      if (this.#due.size === 0) await this.#changes();
      else await this.#pause(Math.max(PAUSE, Math.min(...this.#due.values()) - clock.monotonic()));
      if (!(await jobs.run('index', () => this.#indexDue()))) await this.#pause(RETRY);
    }
  }

  /** Walks through all documents once; what changed while no index was kept is due at once. */
  async #findStale(): Promise<void> {
    for (let after: number | undefined = 0; after !== undefined && !this.#isStopped;) {
      const page: Awaited<ReturnType<IndexSteps['stale']>> = await this.#steps.stale(after);
      for (const documentId of page.documentIds) if (!this.#due.has(documentId)) this.#due.set(documentId, 0);
      await this.#indexDue();
      after = page.next;
      if (after !== undefined) await this.#pause(PAUSE);
    }
  }

  async #indexDue(): Promise<void> {
    for (let ready = this.#ready(); ready.length > 0 && !this.#isStopped; ready = this.#ready()) {
      await this.#indexSome(ready);
      await this.#pause(PAUSE);
    }
  }

  /** The first documents that are due. */
  #ready(): string[] {
    const now = this.#options.clock.monotonic();
    const ready: string[] = [];
    for (const [documentId, due] of this.#due) {
      if (ready.length === AT_ONCE) break;
      if (due <= now) ready.push(documentId);
    }
    return ready;
  }

  async #indexSome(documentIds: readonly string[]): Promise<void> {
    // A change that comes during the step makes its document due again.
    for (const documentId of documentIds) this.#due.delete(documentId);
    let lengths: readonly number[] = [];
    try {
      lengths = await this.#steps.index(documentIds, { length: this.#options.length });
    } finally {
      for (const documentId of documentIds.slice(lengths.length)) this.#due.set(documentId, 0);
    }
    for (const [index, length] of lengths.entries()) {
      if (length < LONG) this.#long.delete(documentIds[index]!);
      else this.#long.set(documentIds[index]!, length);
    }
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
