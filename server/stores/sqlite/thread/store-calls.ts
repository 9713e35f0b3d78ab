import type { AccessCatalogue } from '../../access-catalogue.ts';
import type { DocumentCatalogue } from '../../document-catalogue.ts';
import type { DocumentStore, Run } from '../../document-store.ts';
import { StoreDamagedError, StoreError } from '../../store-error.ts';
import type { AppendOutcome } from '../log/change-log.ts';
import type { CompactionRules, CompactionStep } from '../compaction/compactor.ts';
import type { CompactionTime } from '../compaction/idle-documents.ts';
import type { PackedSnapshot } from '../log/snapshot-codec.ts';

/** A method whose promise is the message that answers it. */
type Answered<Method> = Method extends (...args: infer Args) => Promise<infer Result>
  ? (...args: Args) => Result
  : never;

/** What the store's thread does, and what its messages are made of. */
export interface StoreCalls {
  /** Opens as at the start of a server: creates, inspects, migrates. */
  open(): void;
  /** One transaction for all runs; an outcome for each, in order. */
  append(runs: readonly Run[]): AppendOutcome[];
  saveSnapshot(documentId: string, snapshot: PackedSnapshot): void;
  /** A few milliseconds of work on cold history. */
  compact(rules: CompactionRules, time: CompactionTime): CompactionStep;
  rebuild(): void;
  load: Answered<DocumentStore['load']>;
  textAt: Answered<DocumentStore['textAt']>;
  changesAfter: Answered<DocumentStore['changesAfter']>;
  head: Answered<DocumentStore['head']>;
  client: Answered<DocumentStore['client']>;
  check: Answered<DocumentStore['check']>;
  close: Answered<DocumentStore['close']>;
  createDocument: Answered<DocumentCatalogue['createDocument']>;
  findDocument: Answered<DocumentCatalogue['findDocument']>;
  listDocuments: Answered<DocumentCatalogue['listDocuments']>;
  updateDocument: Answered<DocumentCatalogue['updateDocument']>;
  userAccess: Answered<AccessCatalogue['userAccess']>;
  listMembers: Answered<AccessCatalogue['listMembers']>;
  setMember: Answered<AccessCatalogue['setMember']>;
  removeMember: Answered<AccessCatalogue['removeMember']>;
  leave: Answered<AccessCatalogue['leave']>;
  listLinks: Answered<AccessCatalogue['listLinks']>;
  findLink: Answered<AccessCatalogue['findLink']>;
  addLink: Answered<AccessCatalogue['addLink']>;
  removeLink: Answered<AccessCatalogue['removeLink']>;
  hasRedeemed: Answered<AccessCatalogue['hasRedeemed']>;
  redeemLink: Answered<AccessCatalogue['redeemLink']>;
}

export type CallName = keyof StoreCalls;

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
