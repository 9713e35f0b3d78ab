import type { User } from '../../shared/protocol/users.ts';
import type { Change, VersionName } from '../../shared/sync/change.ts';
import type { Requester } from '../access/requester.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { Snapshot } from '../stores/document-store.ts';

/** Operations that arrive without a socket. Without clientId and seq the submission is not recognised when it is sent again. */
export interface SubmitRequest {
  readonly requester: Requester;
  readonly clientId?: string | undefined;
  readonly seq?: number | undefined;
  /** The base version. */
  readonly version: number;
  /** As they came in; their shape is checked together with their range. */
  readonly operations: readonly unknown[];
}

/** A whole new text of a document. */
export interface ReplaceRequest {
  readonly requester: Requester;
  readonly content: string;
  /** Refuses with `version_conflict` unless this is the newest version. */
  readonly ifVersion?: VersionName | undefined;
}

/** Who has a document open now. */
export interface PresentUsers {
  /** Each user once, however many sessions they have; the most active first, at most 64. */
  readonly users: readonly User[];
  /** How many users there are. */
  readonly count: number;
}

/** How the service is doing, for readiness and metrics. */
export interface ServiceHealth {
  /** Documents in memory. */
  readonly rooms: number;
  /** Live sessions over all rooms. */
  readonly sessions: number;
  /** Submissions that wait for a commit. */
  readonly queued: number;
}

/**
 * The open documents, as the HTTP routes use them. Access is checked by the caller; refusals are RefusalError.
 * `RoomRegistry` implements it.
 */
export interface DocumentService {
  /** False from `close` on. */
  readonly isAccepting: boolean;

  /** Commits operations as one change; resolves once it is durable. */
  submit(documentId: string, request: SubmitRequest): Promise<VersionName>;

  /** Commits the minimal difference to a whole new text as one change. An equal text changes nothing and answers the newest version. */
  replaceContent(documentId: string, request: ReplaceRequest): Promise<VersionName>;

  /** The text at a version, or the newest; undefined where the document never had that version. */
  content(documentId: string, version?: number): Promise<Snapshot | undefined>;

  /** Committed changes with versions greater than `after`, oldest first, at most `limit`, fewer where they are large. */
  changes(documentId: string, after: number, limit: number): Promise<readonly Change[]>;

  /** Who has the document open now; nobody where no room is open. */
  present(documentId: string): PresentUsers;

  /** Live sessions of that user show the new name and colour; with `keepsColor` each keeps the colour it shows. */
  renameUser(user: User, options?: { keepsColor: boolean }): void;

  /** Tells live sessions the title, and what the new link access makes of their roles. */
  metaChanged(record: DocumentRecord): void;

  /**
   * What everybody, or one user, may do has changed: live sessions take their new role, or are closed with 4403. Resolves once
   * nothing that the old roles allowed can be committed any more.
   */
  accessChanged(documentId: string, userId?: string): Promise<void>;

  /** Closes the live sessions of a document in the trash with 4404. Resolves once nothing can be committed to it any more. */
  trashed(documentId: string): Promise<void>;

  /** Finishes what is queued and tells live sessions that the server restarts (1012). */
  close(): Promise<void>;

  health(): ServiceHealth;
}
