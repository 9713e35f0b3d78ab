import type { ClientRecord } from '../../../../shared/sync/authority.ts';
import type { Change, VersionName } from '../../../../shared/sync/change.ts';
import { ChunkedText } from '../../../../shared/text/chunked-text.ts';
import type { DocumentStore, Run, Snapshot, StoredDocument } from '../../document-store.ts';
import { StoreDamagedError, StoreError } from '../../store-error.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { AppendOutcome, ChangeLog } from './change-log.ts';
import type { KeyTables } from './key-tables.ts';
import type { PackedSnapshot, SnapshotTable } from './snapshot-table.ts';

/** What reads one document. */
export type LogReads = Omit<DocumentStore, 'append' | 'saveSnapshot' | 'check' | 'close'>;

/** Weight (see `ChangeLog.read`) at which a page of changes ends, so that it takes each thread a few milliseconds. */
const PAGE_WEIGHT = 20_000;

/** The calls on the log and snapshots of a document. `append` and `saveSnapshot` are called inside a transaction. */
export class LogCalls implements Synchronous<LogReads> {
  readonly #keys: KeyTables;
  readonly #log: ChangeLog;
  readonly #snapshots: SnapshotTable;

  constructor(keys: KeyTables, log: ChangeLog, snapshots: SnapshotTable) {
    this.#keys = keys;
    this.#log = log;
    this.#snapshots = snapshots;
  }

  /** Returns an outcome for each run, in order. */
  append(runs: readonly Run[]): AppendOutcome[] {
    return runs.map((run) => this.#log.append(run));
  }

  saveSnapshot(documentId: string, snapshot: PackedSnapshot): void {
    const document = this.#keys.document(documentId);
    if (document === undefined) throw new StoreError('STORE_MISUSED', `There is no document ${documentId}`);
    this.#snapshots.save(document, snapshot);
  }

  load(documentId: string, version?: number): StoredDocument | undefined {
    const document = this.#keys.document(documentId);
    if (document === undefined) return undefined;
    this.#assertReachesHead(documentId, document);
    const head = this.#log.head(document);
    const last = version ?? head.version;
    if (last > head.version || last < 0) return undefined;
    const snapshot = this.#snapshots.newestWhole(documentId, document, last);
    return { snapshot, changes: this.#log.read(documentId, document, snapshot.version, { last }) };
  }

  textAt(documentId: string, version: number): Snapshot | undefined {
    const stored = this.load(documentId, version);
    if (stored === undefined) return undefined;
    // Made here, because a text crosses to the other thread much faster than thousands of changes.
    let text = ChunkedText.from(stored.snapshot.text);
    for (const { edit } of stored.changes) text = text.apply(edit);
    return { version, timestamp: (stored.changes.at(-1) ?? stored.snapshot).timestamp, text: text.toString() };
  }

  changesAfter(documentId: string, version: number, limit: number): readonly Change[] {
    const document = this.#keys.document(documentId);
    if (document === undefined) return [];
    const changes = this.#log.read(documentId, document, version, { limit, weight: PAGE_WEIGHT });
    // Either there are no more, or they are lost.
    if (changes.length === 0) this.#assertReachesHead(documentId, document);
    return changes;
  }

  head(documentId: string): VersionName {
    const document = this.#keys.document(documentId);
    return document === undefined ? { version: 0, timestamp: 0 } : this.#log.head(document);
  }

  client(documentId: string, clientId: string): ClientRecord | undefined {
    const document = this.#keys.document(documentId);
    const row = document === undefined ? undefined : this.#keys.client(document, clientId);
    return row && { userId: row.userId, seq: row.seq, version: row.version };
  }

  /** Throws StoreDamagedError if the log ends before a version that something else names. */
  #assertReachesHead(documentId: string, document: number): void {
    const log = this.#log;
    const { version } = log.head(document);
    const known = [
      this.#snapshots.newestVersion(document),
      log.newestOfClients(document),
      log.newestOfChunks(document),
    ];
    if (Math.max(...known) > version) {
      throw new StoreDamagedError(documentId, `Versions after ${version} are missing in the log`);
    }
  }
}
