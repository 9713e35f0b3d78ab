import Database from 'better-sqlite3';
import { StoreDamagedError } from '../../store-error.ts';
import { Compactor } from '../compaction/compactor.ts';
import type { CommitFault } from '../database/commit-fault.ts';
import { openAgain, openAtStart, type Place } from '../database/open-database.ts';
import { StoreDatabase } from '../database/store-database.ts';
import { Indexer } from '../search/indexer.ts';
import {
  ACCESS_CALLS,
  CATALOGUE_CALLS,
  LIST_CALLS,
  LOG_READS,
  LOG_WRITES,
  VISIT_CALLS,
  isAside,
  type CallKind,
  type CallName,
  type StoreCalls,
} from './store-calls.ts';

/** What the store's thread is started with. */
export interface ServiceSettings {
  readonly place: Place;
  readonly fault: CommitFault | undefined;
  /** Told what an operator should know, without text of documents. */
  readonly report: (message: string) => void;
}

/**
 * Carries out the calls of one thread, on one connection at a time. After a failure of the disk the connection is closed, and the next call opens
 * a new one, which reads the write-ahead log again: what a failed commit really left is then seen by the calls that follow.
 */
export class StoreService {
  readonly calls: Readonly<StoreCalls>;
  readonly #settings: ServiceSettings;
  readonly #compactor: Compactor;
  readonly #indexer = new Indexer();
  #database: StoreDatabase | undefined;

  constructor(settings: ServiceSettings) {
    this.#settings = settings;
    this.#compactor = new Compactor(settings.report);
    const catalogue = this.#subject(CATALOGUE_CALLS, ({ catalogueCalls }) => catalogueCalls);
    this.calls = {
      open: () => void (this.#database = this.#prepare(openAtStart(settings.place, settings.report), true)),
      compact: (rules, time) => this.#use((database) => this.#compactor.step(database, rules, time)),
      index: (...args) => this.#use((database) => this.#indexer.step(database, ...args)),
      stale: (...args) => this.#use((database) => this.#indexer.stale(database, ...args)),
      rebuild: () => this.#use((database) => database.rebuild()),
      check: () => this.#use((database) => database.beat()),
      close: () => this.#close(),
      ...this.#subject(LOG_READS, ({ logCalls }) => logCalls, damageToDocument),
      ...this.#subject(LOG_WRITES, ({ logCalls }) => logCalls),
      ...catalogue,
      deleteDocument: (...args) => {
        // What they have begun may be of this document.
        this.#resetWalks();
        return catalogue.deleteDocument(...args);
      },
      ...this.#subject(ACCESS_CALLS, ({ accessCalls }) => accessCalls),
      ...this.#subject(LIST_CALLS, ({ listCalls }) => listCalls),
      ...this.#subject(VISIT_CALLS, ({ visitCalls }) => visitCalls),
    };
  }

  /** The calls of a subject, each on the connection of its moment and, if it is a write or is made aside, in one transaction. */
  #subject<Name extends CallName>(
    kinds: Readonly<Record<Name, CallKind>>,
    subjectOf: (database: StoreDatabase) => Pick<StoreCalls, NoInfer<Name>>,
    errorOf: (error: unknown, args: readonly unknown[]) => unknown = (error) => error,
  ): Pick<StoreCalls, Name> {
    const calls: Partial<Record<Name, (...args: readonly unknown[]) => unknown>> = {};
    for (const name of Object.keys(kinds) as Name[]) {
      const isWrite = kinds[name].endsWith('write');
      calls[name] = (...args) => {
        try {
          return this.#use((database) => {
            const subject = subjectOf(database) as Record<Name, (...args: readonly unknown[]) => unknown>;
            if (isWrite) return database.transact(() => subject[name](...args));
            return isAside(name) ? database.read(() => subject[name](...args)) : subject[name](...args);
          });
        } catch (error) {
          throw errorOf(error, args);
        }
      };
    }
    return calls as Pick<StoreCalls, Name>;
  }

  #use<Result>(work: (database: StoreDatabase) => Result): Result {
    this.#database ??= this.#prepare(openAgain(this.#settings.place), false);
    try {
      return work(this.#database);
    } catch (error) {
      if (isFailureOfTheDisk(error)) this.#close();
      throw error;
    }
  }

  #prepare(connection: Database.Database, isSettled: boolean): StoreDatabase {
    const { fault, report } = this.#settings;
    try {
      return new StoreDatabase(connection, { isSettled, fault, report });
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  #resetWalks(): void {
    this.#compactor.reset();
    this.#indexer.reset();
  }

  #close(): void {
    this.#resetWalks();
    this.#database?.close();
    this.#database = undefined;
  }
}

/** For reads of one document, the first of `args`: damage to the file itself is damage to this document. */
function damageToDocument(error: unknown, [documentId]: readonly unknown[]): unknown {
  const isDamage = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT');
  return isDamage ? new StoreDamagedError(documentId as string, error.message, { cause: error }) : error;
}

/**
 * Failures after which nobody knows what the disk holds. A full disk is not one of them: SQLite has rolled back, reading goes
 * on, and a new connection might not even find room for its index.
 */
function isFailureOfTheDisk(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return !/^SQLITE_(FULL|CONSTRAINT|BUSY|CORRUPT)/.test(error.code);
}
