import type { AccessCatalogue } from '../../access-catalogue.ts';
import type { DocumentCatalogue } from '../../document-catalogue.ts';
import type { DocumentStore } from '../../document-store.ts';
import { StoreDamagedError, StoreError } from '../../store-error.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { CompactionRules, CompactionStep } from '../compaction/compactor.ts';
import type { CompactionTime } from '../compaction/idle-documents.ts';
import type { LogCalls, LogReads } from '../log/log-calls.ts';

/** Calls that the store prepares itself: appends of one commit go together, snapshots are packed. */
type LogWrites = Pick<LogCalls, 'append' | 'saveSnapshot'>;

/** Calls on the database as a whole. */
interface DatabaseCalls {
  /** Opens as at the start of a server: creates, inspects, migrates. */
  open(): void;
  /** A few milliseconds of work on cold history. */
  compact(rules: CompactionRules, time: CompactionTime): CompactionStep;
  rebuild(): void;
  check(): void;
  close(): void;
}

/** What the store's thread carries out, by the names in its messages. */
export interface StoreCalls
  extends
    LogWrites,
    DatabaseCalls,
    Synchronous<LogReads>,
    Synchronous<DocumentCatalogue>,
    Synchronous<AccessCatalogue> {}

export type CallName = keyof StoreCalls;

/** A write is one transaction. Long calls let short ones go first (CallQueue). */
export type CallKind = 'read' | 'write' | 'long read' | 'long write';

export const LOG_READS = {
  load: 'long read',
  textAt: 'long read',
  changesAfter: 'long read',
  head: 'read',
  client: 'read',
} as const satisfies Record<keyof LogReads, CallKind>;

export const LOG_WRITES = {
  append: 'write',
  saveSnapshot: 'long write',
} as const satisfies Record<keyof LogWrites, CallKind>;

export const CATALOGUE_CALLS = {
  createDocument: 'long write',
  findDocument: 'read',
  listDocuments: 'read',
  updateDocument: 'write',
} as const satisfies Record<keyof DocumentCatalogue, CallKind>;

export const ACCESS_CALLS = {
  userAccess: 'read',
  listMembers: 'read',
  setMember: 'write',
  removeMember: 'write',
  leave: 'write',
  listLinks: 'read',
  findLink: 'read',
  addLink: 'write',
  removeLink: 'write',
  hasRedeemed: 'read',
  redeemLink: 'write',
} as const satisfies Record<keyof AccessCatalogue, CallKind>;

/** Their transactions are their own. */
const DATABASE_CALLS = {
  open: 'short',
  compact: 'long',
  rebuild: 'short',
  check: 'short',
  close: 'long',
} as const satisfies Record<keyof DatabaseCalls, 'short' | 'long'>;

const KINDS: Readonly<Record<CallName, CallKind | 'short' | 'long'>> = {
  ...LOG_READS,
  ...LOG_WRITES,
  ...CATALOGUE_CALLS,
  ...ACCESS_CALLS,
  ...DATABASE_CALLS,
};

/** Whether a call may take long, above all for texts and histories that somebody made long on purpose. */
export function isLong(name: CallName): boolean {
  return KINDS[name].startsWith('long');
}

/** The methods of a store that only call its thread. */
export type ForwardedCalls = LogReads & DocumentCatalogue & AccessCatalogue & Pick<DocumentStore, 'check'>;

/** Their names. */
export const FORWARDED_CALLS = Object.keys({
  ...LOG_READS,
  ...CATALOGUE_CALLS,
  ...ACCESS_CALLS,
  check: DATABASE_CALLS.check,
} satisfies Record<keyof ForwardedCalls, string>) as readonly (keyof ForwardedCalls)[];

export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

/** An error as it crosses from the thread. */
export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  readonly documentId?: string | undefined;
}

/** An answer, or a report for the operator. */
export type ThreadMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: ErrorFields }
  | { readonly report: string };

export function errorFields(error: unknown): ErrorFields {
  if (error instanceof StoreDamagedError) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return { code: error.code, message: error.message + cause, documentId: error.documentId };
  }
  if (!(error instanceof Error)) return { code: 'STORE_FAILED', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'STORE_FAILED';
  return { code, message: error.message };
}

export function errorFromFields({ code, message, documentId }: ErrorFields): StoreError {
  return documentId === undefined ? new StoreError(code, message) : new StoreDamagedError(documentId, message);
}
