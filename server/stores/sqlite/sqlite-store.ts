import path from 'node:path';
import type { AccessCatalogue } from '../access-catalogue.ts';
import type { DocumentCatalogue } from '../document-catalogue.ts';
import type { DocumentStore, Run, Snapshot } from '../document-store.ts';
import { makeFolder } from '../../base/durable-files.ts';
import { StoreError } from '../store-error.ts';
import type { CommitFault } from './database/commit-fault.ts';
import { CompactionSchedule, type CompactionOptions } from './compaction/compaction-schedule.ts';
import type { CompactionRules } from './compaction/compactor.ts';
import { warningOfPlace } from './database/file-system.ts';
import { FolderLock } from './database/folder-lock.ts';
import { MIGRATIONS } from './database/migrate.ts';
import { packText } from './log/snapshot-codec.ts';
import type { CallName, StoreCalls } from './thread/store-calls.ts';
import { StoreThread } from './thread/store-thread.ts';

export interface SqliteStoreOptions {
  /** The data folder; made where it is missing. One store at a time works on it. */
  readonly folder: string;
  /** Another folder of migrations than the project's. */
  readonly migrations?: string | undefined;
  /** Bytes of the database beyond which it takes no more. */
  readonly maximumBytes?: number | undefined;
  /** Makes commits fail on demand. */
  readonly fault?: CommitFault | undefined;
  /** Compacts cold history now and then; by default only `compact` does. */
  readonly compaction?: CompactionOptions | undefined;
  /** Told what an operator should know, such as a damaged snapshot; never text of documents. */
  readonly report?: ((message: string) => void) | undefined;
}

interface WaitingAppend {
  readonly run: Run;
  readonly resolve: (isCommitted: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Documents in one SQLite file. SQL runs in a thread of its own, so a slow disk never stalls this one. Appends that are asked
 * for while a commit is under way wait here and go together into the next: the slower the disk, the larger the commits.
 * All methods reject with StoreError.
 */
export class SqliteStore implements DocumentStore, DocumentCatalogue, AccessCatalogue {
  readonly #thread: StoreThread;
  readonly #lock: FolderLock;
  readonly #running = new Set<Promise<unknown>>();
  #schedule: CompactionSchedule | undefined;
  #waiting: WaitingAppend[] = [];
  #isCommitting = false;
  #closed: Promise<void> | undefined;

  private constructor(thread: StoreThread, lock: FolderLock) {
    this.#thread = thread;
    this.#lock = lock;
  }

  /** Opens or creates the store of a folder. Rejects with StoreError, whose message tells an operator what to do. */
  static async open(options: SqliteStoreOptions): Promise<SqliteStore> {
    const { migrations = MIGRATIONS, maximumBytes, fault, compaction, report = () => undefined } = options;
    const folder = path.resolve(options.folder);
    makeFolder(folder);
    const warning = warningOfPlace(folder);
    if (warning !== undefined) report(warning);
    const lock = FolderLock.acquire(folder);
    const thread = new StoreThread({ place: { folder, migrations, maximumBytes }, faultMemory: fault?.memory }, report);
    try {
      await thread.call('open');
      const store = new SqliteStore(thread, lock);
      if (compaction !== undefined) {
        store.#schedule = new CompactionSchedule(compaction, (...args) => store.#call('compact', ...args));
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
        // Those that are asked for in the same turn go together.
        queueMicrotask(() => void this.#commitWaiting());
      }),
    );
  }

  async saveSnapshot(documentId: string, { version, timestamp, text }: Snapshot): Promise<void> {
    if (this.#closed !== undefined) throw closedError();
    const save = async (): Promise<void> => {
      await this.#thread.call('saveSnapshot', documentId, { version, timestamp, ...(await packText(text)) });
    };
    await this.#track(save());
  }

  /**
   * Compacts all that is cold, in steps between which others are served. Calls back after each with the changes that it moved.
   * `now` is the time in milliseconds since 1970.
   */
  async compact(rules: CompactionRules, now: number, onStep: (moved: number) => void = () => undefined): Promise<void> {
    let movedByWalk = 0;
    for (;;) {
      const { isDone, moved } = await this.#call('compact', rules, { now, monotonic: 0 });
      onStep(moved);
      movedByWalk += moved;
      // A walk may have begun before; the last one saw all documents.
      if (isDone && movedByWalk === 0) return;
      if (isDone) movedByWalk = 0;
    }
  }

  /** Writes the whole database anew, without free space. Holds up everybody else for as long as that takes. */
  readonly rebuild = (): Promise<void> => this.#call('rebuild');
  readonly load: DocumentStore['load'] = (...args) => this.#call('load', ...args);
  readonly textAt: DocumentStore['textAt'] = (...args) => this.#call('textAt', ...args);
  readonly changesAfter: DocumentStore['changesAfter'] = (...args) => this.#call('changesAfter', ...args);
  readonly head: DocumentStore['head'] = (...args) => this.#call('head', ...args);
  readonly client: DocumentStore['client'] = (...args) => this.#call('client', ...args);
  readonly check: DocumentStore['check'] = () => this.#call('check');
  readonly createDocument: DocumentCatalogue['createDocument'] = (...args) => this.#call('createDocument', ...args);
  readonly findDocument: DocumentCatalogue['findDocument'] = (...args) => this.#call('findDocument', ...args);
  readonly listDocuments: DocumentCatalogue['listDocuments'] = (...args) => this.#call('listDocuments', ...args);
  readonly updateDocument: DocumentCatalogue['updateDocument'] = (...args) => this.#call('updateDocument', ...args);
  readonly userAccess: AccessCatalogue['userAccess'] = (...args) => this.#call('userAccess', ...args);
  readonly listMembers: AccessCatalogue['listMembers'] = (...args) => this.#call('listMembers', ...args);
  readonly setMember: AccessCatalogue['setMember'] = (...args) => this.#call('setMember', ...args);
  readonly removeMember: AccessCatalogue['removeMember'] = (...args) => this.#call('removeMember', ...args);
  readonly leave: AccessCatalogue['leave'] = (...args) => this.#call('leave', ...args);
  readonly listLinks: AccessCatalogue['listLinks'] = (...args) => this.#call('listLinks', ...args);
  readonly findLink: AccessCatalogue['findLink'] = (...args) => this.#call('findLink', ...args);
  readonly addLink: AccessCatalogue['addLink'] = (...args) => this.#call('addLink', ...args);
  readonly removeLink: AccessCatalogue['removeLink'] = (...args) => this.#call('removeLink', ...args);
  readonly hasRedeemed: AccessCatalogue['hasRedeemed'] = (...args) => this.#call('hasRedeemed', ...args);
  readonly redeemLink: AccessCatalogue['redeemLink'] = (...args) => this.#call('redeemLink', ...args);

  close(): Promise<void> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    this.#schedule?.stop();
    await Promise.allSettled(this.#running);
    try {
      await this.#thread.call('close');
    } finally {
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
          if (typeof outcome === 'string') resolve(outcome === 'accepted');
          else reject(new StoreError('STORE_MISUSED', outcome.problem));
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isCommitting = false;
  }

  #call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>> {
    return this.#closed === undefined ? this.#track(this.#thread.call(name, ...args)) : Promise.reject(closedError());
  }

  /** Remembers what `close` has to wait for. */
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
