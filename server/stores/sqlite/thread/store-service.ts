import Database from 'better-sqlite3';
import { ChunkedText } from '../../../../shared/text/chunked-text.ts';
import { StoreDamagedError, StoreError } from '../../store-error.ts';
import type { CommitFault } from '../database/commit-fault.ts';
import { Compactor } from '../compaction/compactor.ts';
import { openAgain, openAtStart, type Place } from '../database/open-database.ts';
import type { StoreCalls } from './store-calls.ts';
import { StoreDatabase } from '../database/store-database.ts';

/** AppDeps of edits after which a page of changes ends: reading it and handing it over takes each thread some milliseconds. */
const PAGE_WEIGHT = 20_000;

/** What the store's thread is started with. */
export interface ServiceSettings {
  readonly place: Place;
  readonly fault: CommitFault | undefined;
  /** Told what an operator should know, without text of documents. */
  readonly report: (message: string) => void;
}

/**
 * Carries out calls on one connection at a time. After a failure of the disk the connection is closed, and the next call opens
 * a new one, which reads the write-ahead log again: what a failed commit really left is then seen by everybody.
 */
export class StoreService implements StoreCalls {
  readonly #settings: ServiceSettings;
  readonly #compactor: Compactor;
  #database: StoreDatabase | undefined;

  constructor(settings: ServiceSettings) {
    this.#settings = settings;
    this.#compactor = new Compactor(settings.report);
  }

  open: StoreCalls['open'] = () => {
    this.#database = this.#prepare(openAtStart(this.#settings.place), true);
  };

  append: StoreCalls['append'] = (runs) =>
    this.#use((database) => database.transact(() => runs.map((run) => database.log.append(run))));

  saveSnapshot: StoreCalls['saveSnapshot'] = (documentId, snapshot) =>
    this.#use((database) => {
      const document = database.keys.document(documentId);
      if (document === undefined) throw new StoreError('STORE_MISUSED', `There is no document ${documentId}`);
      database.transact(() => database.snapshots.save(document, snapshot));
    });

  compact: StoreCalls['compact'] = (rules, time) =>
    this.#use((database) => this.#compactor.step(database, rules, time));

  rebuild: StoreCalls['rebuild'] = () => this.#use((database) => database.rebuild());

  load: StoreCalls['load'] = (documentId, version) =>
    this.#read(documentId, (database, document) => {
      const { log, snapshots } = database;
      assertReachesHead(database, documentId, document);
      const head = log.head(document);
      const last = version ?? head.version;
      if (last > head.version || last < 0) return undefined;
      const snapshot = snapshots.newestWhole(documentId, document, last);
      return { snapshot, changes: log.read(documentId, document, snapshot.version, { last }) };
    });

  textAt: StoreCalls['textAt'] = (documentId, version) => {
    const stored = this.load(documentId, version);
    if (stored === undefined) return undefined;
    // Made here, because a text crosses to the other thread much faster than thousands of changes.
    let text = ChunkedText.from(stored.snapshot.text);
    for (const { edit } of stored.changes) text = text.apply(edit);
    return { version, timestamp: (stored.changes.at(-1) ?? stored.snapshot).timestamp, text: text.toString() };
  };

  changesAfter: StoreCalls['changesAfter'] = (documentId, version, limit) =>
    this.#read(documentId, (database, document) => {
      const changes = database.log.read(documentId, document, version, { limit, weight: PAGE_WEIGHT });
      // There may be no more, or what there was is gone.
      if (changes.length === 0) assertReachesHead(database, documentId, document);
      return changes;
    }) ?? [];

  head: StoreCalls['head'] = (documentId) =>
    this.#read(documentId, ({ log }, document) => log.head(document)) ?? { version: 0, timestamp: 0 };

  client: StoreCalls['client'] = (documentId, clientId) =>
    this.#read(documentId, ({ keys }, document) => {
      const row = keys.client(document, clientId);
      return row && { userId: row.userId, seq: row.seq, version: row.version };
    });

  check: StoreCalls['check'] = () => this.#use((database) => database.beat());

  createDocument: StoreCalls['createDocument'] = (document, owner, firstChange) =>
    this.#use((database) =>
      database.transact(() => {
        database.catalogue.create(document, database.keys.saveUser(owner).key);
        if (firstChange !== undefined) {
          const run = { documentId: document.id, previous: { version: 0, timestamp: 0 }, changes: [firstChange] };
          const outcome = database.log.append({ ...run, authors: [owner] });
          if (outcome !== 'accepted') throw new StoreError('STORE_MISUSED', 'The first change cannot be written');
        }
        return database.catalogue.find(document.id)!;
      }),
    );

  findDocument: StoreCalls['findDocument'] = (documentId) =>
    this.#use((database) => database.catalogue.find(documentId));

  listDocuments: StoreCalls['listDocuments'] = (userId, options) =>
    this.#use((database) => database.catalogue.list(userId, options));

  updateDocument: StoreCalls['updateDocument'] = (documentId, fields, now) =>
    this.#use((database) => database.transact(() => database.catalogue.update(documentId, fields, now)));

  userAccess: StoreCalls['userAccess'] = (documentId, userIds) =>
    this.#use(({ access }) => access.userAccess(documentId, userIds));

  listMembers: StoreCalls['listMembers'] = (documentId) => this.#use(({ access }) => access.members.list(documentId));

  setMember: StoreCalls['setMember'] = (documentId, member, options) =>
    this.#change(({ access }) => access.setMember(documentId, member, options));

  removeMember: StoreCalls['removeMember'] = (documentId, userId, authority) =>
    this.#change(({ access }) => access.removeMember(documentId, userId, authority));

  leave: StoreCalls['leave'] = (documentId, userId) => this.#change(({ access }) => access.leave(documentId, userId));

  listLinks: StoreCalls['listLinks'] = (documentId) => this.#use(({ access }) => access.links.list(documentId));

  findLink: StoreCalls['findLink'] = (documentId, linkId) =>
    this.#use(({ access }) => access.links.find(documentId, linkId));

  addLink: StoreCalls['addLink'] = (documentId, link, options) =>
    this.#change(({ access }) => access.addLink(documentId, link, options));

  removeLink: StoreCalls['removeLink'] = (documentId, linkId, authority) =>
    this.#change(({ access }) => access.removeLink(documentId, linkId, authority));

  hasRedeemed: StoreCalls['hasRedeemed'] = (documentId, linkId, userId) =>
    this.#use(({ access }) => access.hasRedeemed(documentId, linkId, userId));

  redeemLink: StoreCalls['redeemLink'] = (documentId, linkId, user, now) =>
    this.#change(({ access }) => access.redeemLink(documentId, linkId, user, now));

  close: StoreCalls['close'] = () => {
    this.#compactor.reset();
    this.#database?.close();
    this.#database = undefined;
  };

  /** Reads of a document that exists; damage to the file itself is damage to this document. */
  #read<Result>(documentId: string, work: (database: StoreDatabase, document: number) => Result): Result | undefined {
    try {
      return this.#use((database) => {
        const document = database.keys.document(documentId);
        return document === undefined ? undefined : work(database, document);
      });
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
        throw new StoreDamagedError(documentId, error.message, { cause: error });
      }
      throw error;
    }
  }

  #change<Result>(work: (database: StoreDatabase) => Result): Result {
    return this.#use((database) => database.transact(() => work(database)));
  }

  #use<Result>(work: (database: StoreDatabase) => Result): Result {
    this.#database ??= this.#prepare(openAgain(this.#settings.place), false);
    try {
      return work(this.#database);
    } catch (error) {
      if (isFailureOfTheDisk(error)) this.close();
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
}

/** Throws StoreDamagedError where the log ends before a version that something else names. */
function assertReachesHead({ log, snapshots }: StoreDatabase, documentId: string, document: number): void {
  const { version } = log.head(document);
  const known = [snapshots.newestVersion(document), log.newestOfClients(document), log.newestOfChunks(document)];
  if (Math.max(...known) > version) {
    throw new StoreDamagedError(documentId, `Versions after ${version} are missing in the log`);
  }
}

/**
 * Failures after which nobody knows what the disk holds. A full disk is not one of them: SQLite has rolled back, reading goes
 * on, and a new connection might not even find room for its index.
 */
function isFailureOfTheDisk(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return !/^SQLITE_(FULL|CONSTRAINT|BUSY|CORRUPT)/.test(error.code);
}
