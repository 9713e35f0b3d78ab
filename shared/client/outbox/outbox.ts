import type { Unanswered } from '../../protocol/messages.ts';
import type { InFlight } from '../../sync/replica.ts';
import type { Edit } from '../../text/edit.ts';

/**
 * What a session needs to go on where a crashed tab stopped. Plain data. The confirmed text is not in it: it is the base text
 * that the outbox keeps beside it, changed by `drift`, so that a keystroke in a large document costs a small write.
 */
export interface OutboxRecord {
  readonly clientId: string;
  /** Whose edits these are; nothing before the first join. */
  readonly userId?: string | undefined;
  /** Counts the writes: of two records of one client the one with the higher number is the newer. */
  readonly writes: number;
  /** The confirmed version. */
  readonly version: number;
  readonly timestamp: number;
  /** Turns the base text into the confirmed text. */
  readonly drift: Edit;
  /** The last committed seq. */
  readonly seq: number;
  readonly inFlight: InFlight | undefined;
  /** Under which former clientIds what is in flight may have been committed; nothing where there are none. */
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

/** A record that is kept in a hurry; without a base text where it stands on the one that the last `save` with one has kept. */
export interface Backup {
  readonly record: OutboxRecord;
  readonly base?: string | undefined;
}

/** What `open` found: whom to be, and what an earlier session of that client left unsent. */
export interface OutboxClaim {
  /** Where the record is kept. Its name stays while clientIds come and go; the first of them is called the same. */
  readonly slot: string;
  readonly clientId: string;
  readonly kept?: KeptUnsent | undefined;
}

/**
 * Keeps the unsent edits of one session where they survive it. A claim is exclusive: as long as it is open, no other session
 * is given the same slot, and with it the same clientId. Every method rejects where the storage fails; the session then goes on without.
 */
export interface Outbox {
  open(): Promise<OutboxClaim>;
  /** Replaces the record, and the base text where one is given. Both or neither. */
  save(record: OutboxRecord, base?: string): Promise<void>;
  /**
   * Keeps this by the time it returns, for a page that may be gone then; the next `save` or `clear` takes its place. False
   * where there is no room for it.
   */
  note?(backup: Backup): boolean;
  /** Forgets the record; called only when the server has acknowledged everything. */
  clear(): Promise<void>;
  /** The session goes on under another clientId, which is to be found where nothing is unsent, too. */
  rename?(clientId: string): void;
  /** Ends the claim. What is kept stays for the next session. */
  close(): Promise<void>;
  /** Ends the claim by the time it returns, and undoes what is under way. What was kept stays. */
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
