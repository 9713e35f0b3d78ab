import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { newClientId } from './outbox.ts';
import { UnloadBackup, type BackupStorage } from './unload-backup.ts';
import type { KeptUnsent, UnsentBackup, Outbox, OutboxClaim, OutboxRecord } from './outbox.ts';
import type { TabLocks } from './tab-lock.ts';

interface Schema extends DBSchema {
  /** What is unsent, by [documentId, slot]. */
  records: { key: [string, string]; value: OutboxRecord };
  /** The base texts of the records. */
  bases: { key: [string, string]; value: string };
}

/** Remembers slot and clientId of a tab across reloads, as `sessionStorage` does. */
export interface TabMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface IndexedDbOutboxOptions {
  documentId: string;
  locks: TabLocks;
  memory?: TabMemory | undefined;
  /** For the unload backup; without it, the last 250 ms of a tab that is left may be lost. */
  backupStorage?: BackupStorage | undefined;
  /** Who we are, if it is known: what another user left is not taken over. Guests have no account and share a browser. */
  userId?: string | undefined;
  /** Only take over what a tab that is gone left unsent; `open` rejects with NothingLeftError if there is nothing. */
  onlyAbandoned?: boolean;
  /** Slots that are not to be taken over. */
  except?: ReadonlySet<string>;
}

/** No tab that is gone has left anything unsent. */
export class NothingLeftError extends Error {
  constructor() {
    super('Nothing is left unsent');
    this.name = 'NothingLeftError';
  }
}

type Mode = 'readonly' | 'readwrite';
type Transaction<M extends Mode> = IDBPTransaction<Schema, ('records' | 'bases')[], M>;

const DATABASE = 'weft';
/** How the ids of guests begin (protocol K2). */
const GUEST = 'guest_';
const KEY_LAST = '\uffff';
declare const IDBKeyRange: { bound(lower: string[], upper: string[]): never };

/**
 * The outbox of one tab in IndexedDB. A slot is claimed by a lock that lives as long as the tab: a reloaded tab gets its own
 * back; a duplicated one (whose memory is a copy) finds it taken and gets a fresh one. What a crashed tab left is taken over by
 * the next tab that opens the document, with its clientId, so that the server recognises what it has already. A slot is named
 * after its first clientId, and keeps its name when that changes: nothing has to be moved, which a crash could interrupt.
 */
export class IndexedDbOutbox implements Outbox {
  readonly #options: IndexedDbOutboxOptions;
  readonly #backup: UnloadBackup;
  /** Counts the backups, so that a write that began before the last one does not remove it. */
  #backups = 0;
  #database: IDBPDatabase<Schema> | undefined;
  #slot = '';
  /** Aborts the transaction that was begun last. */
  #undo: () => void = () => {};
  #isOver = false;
  #release: () => void = () => {};

  constructor(options: IndexedDbOutboxOptions) {
    this.#options = options;
    this.#backup = new UnloadBackup(options.backupStorage, options.documentId);
  }

  async open(): Promise<OutboxClaim> {
    try {
      return await this.#open();
    } catch (error) {
      // If it cannot be read, it must not stay claimed: another tab may be luckier.
      await this.close();
      throw error;
    }
  }

  async #open(): Promise<OutboxClaim> {
    const { documentId, memory } = this.#options;
    this.#database = await openDatabase();
    if (this.#isOver) throw new Error('The outbox was let go');
    const left = await this.#left();
    const memorised = this.#options.onlyAbandoned ? null : memory?.getItem(memoryKey(documentId));
    const [own, ownClientId = own] = memorised?.split(' ') ?? [];
    // Its own first, then what another tab left. Its own without anything unsent only if nobody left anything.
    const isOwnLeft = own !== undefined && left.includes(own);
    const candidates = [...(isOwnLeft ? [own] : []), ...left, ...(own === undefined ? [] : [own])];
    for (const slot of candidates) {
      const release = await this.#claim(slot);
      if (release === undefined) continue;
      // Read under the lock: the tab that had it may have changed it until it ended.
      const kept = await this.#read();
      if (kept !== undefined && !this.#isOurs(kept)) {
        release();
        continue;
      }
      const clientId = kept?.record.clientId ?? (slot === own ? ownClientId! : slot);
      this.rename(clientId);
      return { slot, clientId, kept };
    }
    if (this.#options.onlyAbandoned) throw new NothingLeftError();
    const clientId = newClientId();
    if ((await this.#claim(clientId)) === undefined) throw new Error('A fresh clientId is taken');
    this.rename(clientId);
    return { slot: clientId, clientId };
  }

  note(backup: UnsentBackup): boolean {
    const isWritten = this.#backup.write(this.#slot, backup);
    if (isWritten) this.#backups += 1;
    return isWritten;
  }

  async save(record: OutboxRecord, base?: string): Promise<void> {
    const backups = this.#backups;
    const transaction = this.#begin('readwrite');
    await Promise.all([
      transaction.objectStore('records').put(record, this.#key),
      base === undefined ? undefined : transaction.objectStore('bases').put(base, this.#key),
      transaction.done,
    ]);
    if (backups > 0 && backups === this.#backups) this.#dropBackup();
  }

  async clear(): Promise<void> {
    // First, because it must not be found alone: it would be sent again.
    if (this.#backups > 0) this.#dropBackup();
    const transaction = this.#begin('readwrite');
    await Promise.all([
      transaction.objectStore('records').delete(this.#key),
      transaction.objectStore('bases').delete(this.#key),
      transaction.done,
    ]);
  }

  /** If the tab cannot remember it, it is like a new one after a reload; what it kept is found all the same. */
  rename(clientId: string): void {
    const slot = this.#slot;
    try {
      this.#options.memory?.setItem(
        memoryKey(this.#options.documentId),
        clientId === slot ? slot : `${slot} ${clientId}`,
      );
    } catch {
      // The browser gives the page no room.
    }
  }

  async close(): Promise<void> {
    this.#end();
  }

  letGo(): void {
    this.#isOver = true;
    try {
      this.#undo();
    } catch {
      // It has ended already, one way or the other.
    }
    this.#end();
  }

  #end(): void {
    this.#release();
    this.#release = () => {};
    this.#database?.close();
    this.#database = undefined;
  }

  get #db(): IDBPDatabase<Schema> {
    if (this.#database === undefined) throw new Error('The outbox is not open');
    return this.#database;
  }

  get #key(): [string, string] {
    return [this.#options.documentId, this.#slot];
  }

  /** The slots in which something is unsent. */
  async #left(): Promise<string[]> {
    const { documentId, except } = this.#options;
    const range = IDBKeyRange.bound([documentId, ''], [documentId, KEY_LAST]);
    const keys = await this.#begin('readonly').objectStore('records').getAllKeys(range);
    const left = new Set([...keys.map(([, slot]) => slot), ...this.#backup.slots()]);
    return [...left].filter((slot) => except?.has(slot) !== true);
  }

  /** Returns the function that gives the claim back; undefined if another tab has it. */
  async #claim(slot: string): Promise<(() => void) | undefined> {
    const release = await this.#options.locks.claim(`weft:${this.#options.documentId}:${slot}`);
    if (release === undefined) return undefined;
    this.#slot = slot;
    this.#release = release;
    return release;
  }

  #isOurs({ record: { userId } }: KeptUnsent): boolean {
    return userId === undefined || userId.startsWith(GUEST) || userId === this.#options.userId;
  }

  #dropBackup(): void {
    this.#backups = 0;
    this.#backup.remove(this.#slot);
  }

  async #read(): Promise<KeptUnsent | undefined> {
    const [stored, backup] = [await this.#readStored(), this.#backup.read(this.#slot)];
    const base = backup?.base ?? stored?.base;
    const isStale = backup !== undefined && stored !== undefined && stored.record.writes > backup.record.writes;
    if (backup === undefined || base === undefined || isStale) {
      this.#backup.remove(this.#slot);
      return stored;
    }
    // What is written from here on stands on the base text in the database.
    this.#backups += 1;
    await this.save(backup.record, backup.base);
    return { record: backup.record, base };
  }

  /** Only one is under way at a time. */
  #begin<M extends Mode>(mode: M): Transaction<M> {
    const stores: ('records' | 'bases')[] = ['records', 'bases'];
    const transaction = this.#db.transaction(stores, mode, { durability: 'relaxed' });
    this.#undo = () => {
      transaction.abort();
    };
    // If it fails, its requests say so, too.
    transaction.done.catch(() => {});
    return transaction;
  }

  async #readStored(): Promise<KeptUnsent | undefined> {
    const transaction = this.#begin('readonly');
    const [record, base] = await Promise.all([
      transaction.objectStore('records').get(this.#key),
      transaction.objectStore('bases').get(this.#key),
    ]);
    return record === undefined || base === undefined ? undefined : { record, base };
  }
}

function memoryKey(documentId: string): string {
  return `weft:client:${documentId}`;
}

function openDatabase(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('records');
      database.createObjectStore('bases');
    },
    // A newer page wants another layout: let it have the database.
    blocking: (_current, _blocked, event) => (event.target as unknown as { close(): void }).close(),
  });
}
