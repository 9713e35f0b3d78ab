import path from 'node:path';
import type { AccessCatalogue } from '../access-catalogue.ts';
import type { DocumentCatalogue, DocumentRecord } from '../document-catalogue.ts';
import type { DocumentLists, SearchIndex } from '../document-lists.ts';
import type { DocumentStore, Run, Snapshot } from '../document-store.ts';
import type { VisitCatalogue } from '../visit-catalogue.ts';
import { makeFolder } from '../../base/durable-files.ts';
import { StoreError } from '../store-error.ts';
import type { CommitFault } from './database/commit-fault.ts';
import { CompactionSchedule, type CompactionOptions } from './compaction/compaction-schedule.ts';
import type { CompactionRules } from './compaction/compactor.ts';
import { FolderLock } from './database/folder-lock.ts';
import { MIGRATIONS } from './database/migrate.ts';
import { networkWarning } from './database/soundness.ts';
import { IndexSchedule, type IndexOptions } from './search/index-schedule.ts';
import { packText } from './log/snapshot-table.ts';
import { CallForwarder, isAside, type CallName, type StoreCalls } from './thread/store-calls.ts';
import { StoreThread } from './thread/store-thread.ts';

export interface SqliteStoreOptions {
  /** The data folder; created if missing. One store at a time works on it. */
  readonly folder: string;
  /** The folder of migrations; by default the project's. */
  readonly migrations?: string | undefined;
  /** Bytes beyond which the database takes no more; unlimited by default. */
  readonly maximumBytes?: number | undefined;
  /** Makes commits fail on demand. */
  readonly fault?: CommitFault | undefined;
  /** When to compact cold history; by default only `compact` does. */
  readonly compaction?: CompactionOptions | undefined;
  /** When to index texts for search; by default only `indexed` does. */
  readonly indexing?: IndexOptions | undefined;
  /** Told what an operator should know, such as a damaged snapshot; never contains text of documents. */
  readonly report?: ((message: string) => void) | undefined;
}

/** UTF-16 units of a text that are findable, unless told otherwise. */
const INDEXED_LENGTH = 1_000_000;

interface WaitingAppend {
  readonly run: Run;
  readonly resolve: (isCommitted: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Documents in one SQLite file. SQL runs in a thread of its own, so a slow disk never stalls this one. Group commit: appends that
 * arrive during a commit wait here and go into the next one together, so the slower the disk, the larger the commits. All methods
 * reject with StoreError.
 */
export class SqliteStore
  extends CallForwarder
  implements DocumentStore, DocumentCatalogue, AccessCatalogue, DocumentLists, VisitCatalogue, SearchIndex
{
  readonly #thread: StoreThread;
  /** For long reads; started by the first of them. */
  readonly #reader: StoreThread;
  readonly #lock: FolderLock;
  readonly #running = new Set<Promise<unknown>>();
  #schedule: CompactionSchedule | undefined;
  #indexSchedule: IndexSchedule | undefined;
  #indexedLength = INDEXED_LENGTH;
  #waiting: WaitingAppend[] = [];
  #isCommitting = false;
  #closed: Promise<void> | undefined;

  private constructor(thread: StoreThread, reader: StoreThread, lock: FolderLock) {
    super();
    this.#thread = thread;
    this.#reader = reader;
    this.#lock = lock;
  }

  /** Opens or creates the store of a folder. Rejects with StoreError, whose message tells an operator what to do. */
  static async open(options: SqliteStoreOptions): Promise<SqliteStore> {
    const { migrations = MIGRATIONS, maximumBytes, fault, compaction, indexing, report = () => undefined } = options;
    const folder = path.resolve(options.folder);
    makeFolder(folder);
    const warning = networkWarning(folder);
    if (warning !== undefined) report(warning);
    const lock = FolderLock.acquire(folder);
    const place = { folder, migrations, maximumBytes };
    const thread = new StoreThread({ place, faultMemory: fault?.memory }, report);
    const reader = new StoreThread({ place, faultMemory: undefined }, report);
    try {
      await thread.call('open');
      const store = new SqliteStore(thread, reader, lock);
      if (compaction !== undefined) {
        store.#schedule = new CompactionSchedule(compaction, (...args) => store.call('compact', ...args));
      }
      if (indexing !== undefined) {
        store.#indexedLength = indexing.length;
        store.#indexSchedule = new IndexSchedule(indexing, {
          stale: (after, rules) => store.call('stale', after, rules),
          index: (documentIds, rules) => store.call('index', documentIds, rules),
        });
      }
      return store;
    } catch (error) {
      await thread.end();
      lock.release();
      throw error;
    }
  }

  append(run: Run): Promise<boolean> {
    if (this.#closed !== undefined) return Promise.reject(closedError());
    return this.#track(
      new Promise((resolve, reject) => {
        this.#waiting.push({ run, resolve, reject });
        if (this.#isCommitting) return;
        this.#isCommitting = true;
        // Appends of the same turn go together.
        queueMicrotask(() => void this.#commitWaiting());
      }),
    );
  }

  override async createDocument(...args: Parameters<DocumentCatalogue['createDocument']>): Promise<DocumentRecord> {
    const record = await this.call('createDocument', ...args);
    this.#indexSchedule?.changed(record.id);
    return record;
  }

  async saveSnapshot(documentId: string, { version, timestamp, text }: Snapshot): Promise<void> {
    if (this.#closed !== undefined) throw closedError();
    const save = async (): Promise<void> => {
      await this.#thread.call('saveSnapshot', documentId, { version, timestamp, ...(await packText(text)) });
    };
    await this.#track(save());
  }

  /**
   * Compacts all that is cold, in steps between which other calls are served. After each step, calls `onStep` with the number of
   * changes moved. `now` is in milliseconds since 1970.
   */
  async compact(rules: CompactionRules, now: number, onStep: (moved: number) => void = () => undefined): Promise<void> {
    let movedByWalk = 0;
    for (;;) {
      const { isDone, moved } = await this.call('compact', rules, { now, monotonic: 0 });
      onStep(moved);
      movedByWalk += moved;
      // The first walk may have begun before this call; one that moved nothing has seen all documents.
      if (isDone && movedByWalk === 0) return;
      if (isDone) movedByWalk = 0;
    }
  }

  /** Indexes everything that is not indexed yet, in steps between which other calls are served. */
  async indexed(): Promise<void> {
    const rules = { length: this.#indexedLength };
    for (let after: number | undefined = 0; after !== undefined;) {
      const page: { documentIds: readonly string[]; next: number | undefined } = await this.call('stale', after, rules);
      let { documentIds } = page;
      while (documentIds.length > 0) {
        const finished = await this.call('index', documentIds, rules);
        documentIds = documentIds.slice(finished.length);
      }
      after = page.next;
    }
  }

  /** Runs VACUUM: writes the whole database anew without free pages. All other calls wait meanwhile. */
  rebuild(): Promise<void> {
    return this.call('rebuild');
  }

  close(): Promise<void> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    this.#schedule?.stop();
    this.#indexSchedule?.stop();
    await Promise.allSettled(this.#running);
    try {
      // What it only reads is no reason to leave the other one open.
      await Promise.allSettled([this.#reader.close()]);
      await this.#thread.call('close');
    } finally {
      await this.#reader.end();
      await this.#thread.end();
      this.#lock.release();
    }
  }

  async #commitWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const outcomes = await this.#thread.call(
          'append',
          batch.map(({ run }) => run),
        );
        for (const [index, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[index]!;
          if (outcome === 'accepted') this.#indexSchedule?.changed(batch[index]!.run.documentId);
          if (typeof outcome === 'string') resolve(outcome === 'accepted');
          else reject(new StoreError('STORE_MISUSED', outcome.problem));
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isCommitting = false;
  }

  protected override call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>> {
    if (this.#closed !== undefined) return Promise.reject(closedError());
    return this.#track((isAside(name) ? this.#reader : this.#thread).call(name, ...args));
  }

  /** Makes `close` wait for this promise. */
  #track<Result>(promise: Promise<Result>): Promise<Result> {
    this.#running.add(promise);
    const done = (): void => void this.#running.delete(promise);
    promise.then(done, done);
    return promise;
  }
}

function closedError(): StoreError {
  return new StoreError('STORE_CLOSED', 'The store is closed');
}
