import type { Edit } from '../text/edit.ts';

/** The name of a version: the same number with another timestamp belongs to another history. */
export interface VersionName {
  /** How many changes were committed; 0 is the empty new document. */
  readonly version: number;
  /** Commit time in milliseconds since 1970; 0 for version 0. */
  readonly timestamp: number;
}

/** A committed edit with its number. Immutable, and never merged with another as long as edits are transformed over it. */
export interface Change extends VersionName {
  readonly edit: Edit;
  /** The secret id of the client that submitted it; never sent to anybody. */
  readonly clientId: string;
  /** The client's own number for it. */
  readonly seq: number;
  readonly userId: string;
  readonly sessionId: string;
}
