import type { Change, VersionName } from '../../shared/sync/change.ts';
import type { ClientRecord } from '../../shared/sync/authority.ts';
import type { User } from '../../shared/protocol/fields.ts';

/** The text at a version. */
export interface Snapshot extends VersionName {
  readonly text: string;
}

/** Changes of one document that are committed together. */
export interface Run {
  readonly documentId: string;
  /** The version that the first change follows. The append is refused unless the log ends in exactly this version and time. */
  readonly previous: VersionName;
  /** At least one, with dense versions from `previous.version + 1` on, all with the same timestamp. */
  readonly changes: readonly Change[];
  /** The authors of the changes, as they call themselves now. */
  readonly authors: readonly User[];
}

/** What a room needs to open a document: the newest snapshot (version 0 if there is none) and the changes after it. */
export interface StoredDocument {
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
}

/**
 * Where changes are kept. A write whose promise has resolved survives a crash of the process and of the machine.
 * `document-store-contract.ts` is the suite that every store must pass.
 */
export interface DocumentStore {
  /** The document at `version`, by default the newest; undefined if there is no such document or it never had that version. */
  load(documentId: string, version?: number): Promise<StoredDocument | undefined>;

  /** The text at a version; undefined if there is no such document or it never had that version. */
  textAt(documentId: string, version: number): Promise<Snapshot | undefined>;

  /**
   * Committed changes after a version, oldest first: at most `limit`, and fewer if they are large. Empty only if there are no more.
   */
  changesAfter(documentId: string, version: number, limit: number): Promise<readonly Change[]>;

  /** The newest version; `{version: 0, timestamp: 0}` if nothing was committed. */
  head(documentId: string): Promise<VersionName>;

  /** What is known of a client on a document; undefined if it never wrote there. */
  client(documentId: string, clientId: string): Promise<ClientRecord | undefined>;

  /**
   * Commits a run with its clients' last seqs, all or nothing. True: it is durable. False: the log does not end in
   * `run.previous`, and nothing was written. Rejected: the outcome is unknown; read the log, look for (clientId, seq), retry.
   * Concurrent appends, to whatever documents, share one commit.
   */
  append(run: Run): Promise<boolean>;

  /** Keeps a snapshot of a version that the log has; `load` starts from the newest. */
  saveSnapshot(documentId: string, snapshot: Snapshot): Promise<void>;

  /** Tries to commit a write that concerns no document. Rejects if the store cannot make anything durable now. */
  check(): Promise<void>;

  /** Finishes all pending calls and closes. Calls made afterwards reject. */
  close(): Promise<void>;
}
