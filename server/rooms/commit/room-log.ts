import type { ClientRecord, Head } from '../../../shared/sync/authority.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { insertedLength, type Edit } from '../../../shared/text/edit.ts';
import { ChangeWindow } from './change-window.ts';
import type { DocumentStore } from '../../stores/document-store.ts';
import { isDamage } from '../../base/refusal.ts';
import { CLIENTS_KNOWN, LOG_PAGE, TAIL_BYTES, WINDOW } from '../services/room-limits.ts';

/** The log is older than what this room has seen of it: the room must be dropped, and its clients join again. */
export class LogForkError extends Error {
  constructor(documentId: string) {
    super(`The log of ${documentId} is not the one that its room was opened from`);
    this.name = 'LogForkError';
  }
}

/** What a returning client missed: the changes up to the head, or why they cannot be told one by one. */
export type CatchUpPlan =
  | { readonly kind: 'tail'; readonly changes: readonly Change[] }
  | { readonly kind: 'snapshot'; readonly reason: 'behind' | 'fork' };

/** A document that is evicted gets a snapshot if opening it would have to apply at least this many changes. */
const EVICTION_TAIL = 64;

/** About how many bytes a change takes on the wire besides its text. */
const UPDATE_OVERHEAD = 160;
/** The same for each part of its edit: an operation takes 40 bytes, and is two parts. */
const PART_BYTES = 20;

/** About how many bytes a change with this edit takes on the wire. */
function bytesOf(edit: Edit): number {
  return UPDATE_OVERHEAD + PART_BYTES * edit.length + insertedLength(edit);
}

/** The durable state of an open document: its head, its newest changes and its clients, with the log behind them. */
export class RoomLog {
  readonly documentId: string;
  readonly #store: DocumentStore;
  readonly #window = new ChangeWindow(WINDOW);
  /** The most recently used at the end. */
  readonly #clients = new Map<string, ClientRecord | undefined>();
  #head: Head;
  #sinceSnapshot: number;
  #isSnapshotting = false;

  private constructor(documentId: string, store: DocumentStore, head: Head, changes: readonly Change[]) {
    this.documentId = documentId;
    this.#store = store;
    this.#head = head;
    this.#sinceSnapshot = changes.length;
    for (const change of changes) this.#window.push(change);
  }

  /** Opens a document from its newest snapshot and the changes after it. Undefined if there is none. */
  static async open(documentId: string, store: DocumentStore): Promise<RoomLog | undefined> {
    const stored = await store.load(documentId);
    if (stored === undefined) return undefined;
    const { snapshot, changes } = stored;
    let text = ChunkedText.from(snapshot.text);
    for (const change of changes) text = text.apply(change.edit);
    const { version, timestamp } = changes.at(-1) ?? snapshot;
    return new RoomLog(documentId, store, { version, timestamp, text }, changes);
  }

  get head(): Head {
    return this.#head;
  }

  /** About how many bytes of memory the text and the recent changes take. */
  get bytes(): number {
    return 2 * this.#head.text.length + this.#window.bytes;
  }

  /** What is known of a client that `knowClient` has loaded; undefined if it is new. */
  client(clientId: string): ClientRecord | undefined {
    return this.#clients.get(clientId);
  }

  /** Whether a client is known without asking the store. If so, it now counts as the most recently used. */
  keepClient(clientId: string): boolean {
    if (!this.#clients.has(clientId)) return false;
    this.#remember(clientId, this.#clients.get(clientId));
    return true;
  }

  /** What is known of a client here or in the store. It is not kept in memory for that. */
  async findClient(clientId: string): Promise<ClientRecord | undefined> {
    return this.#clients.get(clientId) ?? (await this.#store.client(this.documentId, clientId));
  }

  /** Loads a client into memory, and returns what is known of it; undefined if it is new. */
  async knowClient(clientId: string): Promise<ClientRecord | undefined> {
    if (!this.#clients.has(clientId)) {
      const record = await this.#store.client(this.documentId, clientId);
      // A commit may have come in between; it knows better.
      if (!this.#clients.has(clientId)) this.#remember(clientId, record);
    }
    const known = this.#clients.get(clientId);
    this.#remember(clientId, known);
    return known;
  }

  /** Reads a client from the store again. True if what was known here was wrong. */
  async relearnClient(clientId: string): Promise<boolean> {
    const record = await this.#store.client(this.documentId, clientId);
    const known = this.#clients.get(clientId);
    if (record === undefined || (record.userId === known?.userId && record.seq <= known.seq)) return false;
    this.#remember(clientId, record);
    return true;
  }

  /** Binds a clientId to the user who first uses it here. False if it belongs to somebody else. */
  bindClient(clientId: string, userId: string): boolean {
    const record = this.#clients.get(clientId);
    if (record === undefined) this.#remember(clientId, { userId, seq: 0, version: 0 });
    return record === undefined || record.userId === userId;
  }

  /** A change that the window still holds. */
  recent(version: number): Change | undefined {
    return this.#window.at(version);
  }

  /** Whether every change after a version is in memory. */
  reaches(version: number): boolean {
    return this.#window.reaches(version, this.#head.version);
  }

  /** How many parts the changes in memory after a version have together. */
  partsAfter(version: number): number {
    return this.#window.partsAfter(version);
  }

  /** All changes after a version; undefined if the window does not reach back that far. */
  recentAfter(version: number): readonly Change[] | undefined {
    return this.reaches(version) ? this.#window.after(version) : undefined;
  }

  /** Changes after `version` up to where the window begins, from the store. */
  async olderThanWindow(version: number): Promise<Change[]> {
    const older: Change[] = [];
    let after = version;
    while (!this.reaches(after)) {
      const page = await this.#store.changesAfter(this.documentId, after, LOG_PAGE);
      if (page.length === 0) break;
      older.push(...page);
      after = page.at(-1)!.version;
    }
    return older;
  }

  /** The first changes after a version, from the store. */
  pageAfter(version: number): Promise<readonly Change[]> {
    return this.#store.changesAfter(this.documentId, version, LOG_PAGE);
  }

  /** A committed change, from memory or from the store. */
  async changeAt(version: number): Promise<Change | undefined> {
    return this.#window.at(version) ?? (await this.#store.changesAfter(this.documentId, version - 1, 1))[0];
  }

  /** Moves the head over changes that are durable. */
  adopt(head: Head, changes: readonly Change[]): void {
    this.#head = head;
    for (const change of changes) {
      this.#window.push(change);
      this.#remember(change.clientId, { userId: change.userId, seq: change.seq, version: change.version });
    }
    this.#sinceSnapshot += changes.length;
  }

  /** Reads changes after the head that others, or an append of unknown outcome, have left in the log. Throws LogForkError. */
  async readAhead(): Promise<readonly Change[]> {
    const { version, timestamp } = this.#head;
    const from = Math.max(0, version - 1);
    const page = await this.#store.changesAfter(this.documentId, from, LOG_PAGE);
    if (version === 0) return page;
    if (page[0]?.timestamp !== timestamp) throw new LogForkError(this.documentId);
    // A large change may be a page of its own.
    return page.length > 1 ? page.slice(1) : this.#store.changesAfter(this.documentId, version, LOG_PAGE);
  }

  /**
   * What a client misses that has the text of (version, timestamp). A missing timestamp is taken on trust. Changes that are adopted
   * before this resolves may be missing in it.
   */
  async missed(version: number, timestamp: number | undefined): Promise<CatchUpPlan> {
    try {
      return await this.#missed(version, timestamp);
    } catch (error) {
      // The log is damaged, but the text is whole.
      if (isDamage(error)) return { kind: 'snapshot', reason: 'behind' };
      throw error;
    }
  }

  async #missed(version: number, timestamp: number | undefined): Promise<CatchUpPlan> {
    if (version > this.#head.version) return { kind: 'snapshot', reason: 'fork' };
    const known =
      version === this.#head.version ? this.#head : version === 0 ? undefined : await this.changeAt(version);
    const name = version === 0 ? 0 : known?.timestamp;
    if (name === undefined || (timestamp !== undefined && timestamp !== name))
      return { kind: 'snapshot', reason: 'fork' };
    if (this.#head.version - version > LOG_PAGE * 4) return { kind: 'snapshot', reason: 'behind' };
    const longest = Math.max(TAIL_BYTES, this.#head.text.length);
    // If what is in memory is too long already, what was before it need not be read.
    if (PART_BYTES * this.#window.partsAfter(version) > longest) return { kind: 'snapshot', reason: 'behind' };
    const older: Change[] = [];
    let bytes = 0;
    let last = version;
    // Page by page, until the answer would be too long.
    for (; !this.reaches(last); last = older.at(-1)!.version) {
      const page = await this.#store.changesAfter(this.documentId, last, LOG_PAGE);
      for (const { edit } of page) bytes += bytesOf(edit);
      older.push(...page);
      if (page.length === 0 || bytes > longest) return { kind: 'snapshot', reason: 'behind' };
    }
    const newest = this.#window.after(last);
    for (const { edit } of newest) bytes += bytesOf(edit);
    const changes = [...older, ...newest];
    const isDense = changes.length === this.#head.version - version;
    return bytes > longest || !isDense ? { kind: 'snapshot', reason: 'behind' } : { kind: 'tail', changes };
  }

  /**
   * Writes a snapshot if enough changes have come since the last; undefined if not. If it fails, the next opening takes longer, and
   * no text is lost.
   */
  snapshotWhenDue(): Promise<void> | undefined {
    return this.#snapshotAfter(Math.max(1000, this.#head.text.length / 64));
  }

  /** The same for a document that is evicted: far fewer changes are enough. */
  evictionSnapshot(): Promise<void> | undefined {
    return this.#snapshotAfter(EVICTION_TAIL);
  }

  #snapshotAfter(changes: number): Promise<void> | undefined {
    return this.#isSnapshotting || this.#sinceSnapshot < changes ? undefined : this.#snapshot();
  }

  async #snapshot(): Promise<void> {
    this.#isSnapshotting = true;
    const { version, timestamp, text } = this.#head;
    const before = this.#sinceSnapshot;
    try {
      await this.#store.saveSnapshot(this.documentId, { version, timestamp, text: text.toString() });
      this.#sinceSnapshot -= before;
    } finally {
      this.#isSnapshotting = false;
    }
  }

  #remember(clientId: string, record: ClientRecord | undefined): void {
    this.#clients.delete(clientId);
    this.#clients.set(clientId, record);
    if (this.#clients.size <= CLIENTS_KNOWN) return;
    const [oldest] = this.#clients.keys();
    this.#clients.delete(oldest!);
  }
}
