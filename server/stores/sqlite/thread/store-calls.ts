import type { AccessCatalogue } from '../../access-catalogue.ts';
import type { DocumentCatalogue } from '../../document-catalogue.ts';
import type { DocumentLists } from '../../document-lists.ts';
import type { DocumentStore } from '../../document-store.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { VisitCatalogue } from '../../visit-catalogue.ts';
import type { CompactionRules, CompactionStep, CompactionTime } from '../compaction/compactor.ts';
import type { LogCalls, LogReads } from '../log/log-calls.ts';
import type { IndexRules } from '../search/indexer.ts';

/** Calls that the store prepares itself: appends of one commit go together, snapshots are packed. */
type LogWrites = Pick<LogCalls, 'append' | 'saveSnapshot'>;

/** Calls on the database as a whole. */
interface DatabaseCalls {
  /** Opens as at the start of a server: creates, inspects, migrates. */
  open(): void;
  /** A few milliseconds of work on cold history. */
  compact(rules: CompactionRules, time: CompactionTime): CompactionStep;
  /** One step of indexing; returns the lengths of the texts that are finished. */
  index(documentIds: readonly string[], rules: IndexRules): number[];
  /** Documents that are not indexed by these rules, among the next ones after a key, and the key to go on from. */
  stale(after: number, rules: IndexRules): { documentIds: readonly string[]; next: number | undefined };
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
    Synchronous<AccessCatalogue>,
    Synchronous<DocumentLists>,
    Synchronous<VisitCatalogue> {}

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
  updateDocument: 'write',
  deleteDocument: 'long write',
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

export const LIST_CALLS = {
  listDocuments: 'long read',
} as const satisfies Record<keyof DocumentLists, CallKind>;

export const VISIT_CALLS = {
  saveVisits: 'long write',
  setWatch: 'write',
  isWatched: 'read',
  listAcquaintances: 'long read',
} as const satisfies Record<keyof VisitCatalogue, CallKind>;

/** Their transactions are their own. */
const DATABASE_CALLS = {
  open: 'short',
  compact: 'long',
  index: 'long',
  stale: 'long',
  rebuild: 'short',
  check: 'short',
  close: 'long',
} as const satisfies Record<keyof DatabaseCalls, 'short' | 'long'>;

const KINDS: Readonly<Record<CallName, CallKind | 'short' | 'long'>> = {
  ...LOG_READS,
  ...LOG_WRITES,
  ...CATALOGUE_CALLS,
  ...ACCESS_CALLS,
  ...LIST_CALLS,
  ...VISIT_CALLS,
  ...DATABASE_CALLS,
};

/** Whether a call may take long, above all for texts and histories that somebody made long on purpose; a list does if it is searched. */
export function isLong(name: CallName, args: readonly unknown[]): boolean {
  if (name === 'listDocuments') return ((args as Parameters<StoreCalls['listDocuments']>)[1].words ?? []).length > 0;
  return KINDS[name].startsWith('long');
}

/**
 * Reads of many documents, which may take long and which no write waits for. They are made in a thread and on a connection of their
 * own, so that commits go on meanwhile; each sees one moment, with every write that was finished before.
 */
const ASIDE: ReadonlySet<CallName> = new Set<CallName>(['listDocuments', 'listAcquaintances']);

export function isAside(name: CallName): boolean {
  return ASIDE.has(name);
}

/** The methods of a store that only call its thread. */
export type ForwardedCalls = LogReads &
  DocumentCatalogue &
  AccessCatalogue &
  DocumentLists &
  VisitCatalogue &
  Pick<DocumentStore, 'check'>;

const NAMES = Object.keys({
  ...LOG_READS,
  ...CATALOGUE_CALLS,
  ...ACCESS_CALLS,
  ...LIST_CALLS,
  ...VISIT_CALLS,
  check: 'short',
} satisfies Record<keyof ForwardedCalls, string>) as readonly (keyof ForwardedCalls)[];

/** Has a method for each of the forwarded calls that the class does not have itself, which hands it to `call`. */
abstract class Forwarder {
  constructor() {
    const forward = (name: CallName) => [name, (...args: never) => this.call(name, ...args)] as const;
    Object.assign(this, Object.fromEntries(NAMES.filter((name) => !(name in this)).map(forward)));
  }

  protected abstract call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>>;
}

/** The same class with its methods typed; they are made from names. */
export const CallForwarder = Forwarder as abstract new () => Forwarder & ForwardedCalls;
