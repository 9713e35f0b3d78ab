import type { Change, VersionName } from '../../shared/sync/change.ts';
import type { ClientRecord } from '../../shared/sync/authority.ts';
import type { User } from '../../shared/protocol/users.ts';

/** The text at a version. */
export interface Snapshot extends VersionName {
  readonly text: string;
}

/** Changes of one document that are committed together, as one row of the log. */
export interface Run {
  readonly documentId: string;
  /** The version that the first change follows. The append is refused unless the log ends in exactly this version. */
  readonly previous: VersionName;
  /** One or more, with dense versions from `previous.version + 1` on and all with the same timestamp. */
  readonly changes: readonly Change[];
  /** The authors of the changes, as they call themselves now. */
  readonly authors: readonly User[];
}

/** What a room needs to open a document: the newest snapshot (version 0 where there is none) and the changes after it. */
export interface StoredDocument {
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
}

/**
 * Where changes are kept. Everything that a promise of this interface has answered survives a crash of the process and of the
 * machine. `document-store-contract.ts` is the suite that every store must pass.
 */
export interface DocumentStore {
  /** The document as it was at `version`, or the newest; undefined where there is none, or where it never had that version. */
  load(documentId: string, version?: number): Promise<StoredDocument | undefined>;

  /** The text at a version; undefined where there is no such document, or where it never had that version. */
  textAt(documentId: string, version: number): Promise<Snapshot | undefined>;

  /**
   * Committed changes after a version, oldest first, at most `limit`, and fewer where they are large; none only where there are no
   * more. Whole only up to that many.
   */
  changesAfter(documentId: string, version: number, limit: number): Promise<readonly Change[]>;

  /** The newest version; `{version: 0, timestamp: 0}` where nothing was committed. */
  head(documentId: string): Promise<VersionName>;

  /** What is known of a client on a document. */
  client(documentId: string, clientId: string): Promise<ClientRecord | undefined>;

  /**
   * Commits a run with its clients' last seqs, all or nothing. True: it is durable. False: the log does not end in
   * `run.previous`, and nothing was written. Rejected: the outcome is unknown; read the log, look for (clientId, seq), retry.
   * Runs of many documents that are asked for at the same time share one commit.
   */
  append(run: Run): Promise<boolean>;

  /** Keeps a snapshot; opening the document starts from the newest. */
  saveSnapshot(documentId: string, snapshot: Snapshot): Promise<void>;

  /** Tries to commit without a document. Rejects where the store cannot make anything durable now. */
  check(): Promise<void>;

  /** Finishes what was asked for and closes. */
  close(): Promise<void>;
}
