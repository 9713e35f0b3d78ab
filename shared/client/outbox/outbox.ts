import type { Unanswered } from '../../protocol/session-messages.ts';
import type { InFlight } from '../../sync/replica.ts';
import type { Edit } from '../../text/edit.ts';

/**
 * What a session needs to go on from the point where a tab crashed. Plain data. The confirmed text is not in it: it is the base
 * text that the outbox keeps beside the record, changed by `drift`, so that a keystroke in a large document costs a small write.
 */
export interface OutboxRecord {
  readonly clientId: string;
  /** Whose edits these are; undefined before the first join. */
  readonly userId?: string | undefined;
  /** Counts the writes: of two records of one client, the one with the higher number is newer. */
  readonly writes: number;
  /** The confirmed version. */
  readonly version: number;
  readonly timestamp: number;
  /** Turns the base text into the confirmed text. */
  readonly drift: Edit;
  /** The last committed seq. */
  readonly seq: number;
  readonly inFlight: InFlight | undefined;
  /** The former clientIds under which what is in flight may have been committed. */
  readonly sentBefore?: readonly Unanswered[] | undefined;
  readonly buffer: Edit;
  /** How many edits are not durable. */
  readonly unsaved: number;
  readonly title: string;
}

/** A record with the base text that it stands on. */
export interface KeptUnsent {
  readonly record: OutboxRecord;
  readonly base: string;
}

/** A record that is kept while the page is left. Without a base text it stands on the one that was saved last. */
export interface UnsentBackup {
  readonly record: OutboxRecord;
  readonly base?: string | undefined;
}

/** What `open` found: which client to be, and what an earlier session of that client left unsent. */
export interface OutboxClaim {
  /** Where the record is kept. It is named after the first clientId, and keeps its name when that changes. */
  readonly slot: string;
  readonly clientId: string;
  readonly kept?: KeptUnsent | undefined;
}

/**
 * Keeps the unsent edits of one session so that they survive it. A claim is exclusive: as long as it is open, no other session is
 * given the same slot, and with it the same clientId. Every method rejects if the storage fails; the session then goes on without.
 */
export interface Outbox {
  open(): Promise<OutboxClaim>;
  /** Replaces the record, and the base text if one is given. Both or neither. */
  save(record: OutboxRecord, base?: string): Promise<void>;
  /**
   * Keeps this by the time it returns, because the page may be gone then; the next `save` or `clear` replaces it. False if there
   * is no room for it.
   */
  note?(backup: UnsentBackup): boolean;
  /** Forgets the record. Called only when the server has acknowledged everything. */
  clear(): Promise<void>;
  /** The session goes on under another clientId. `open` must find it even if nothing is unsent. */
  rename?(clientId: string): void;
  /** Ends the claim. What is kept stays for the next session. */
  close(): Promise<void>;
  /** Ends the claim by the time it returns, and aborts what is under way. What was kept stays. */
  letGo?(): void;
}

/** A fresh secret clientId: 128 random bits as 22 base64url characters. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 22);
}
