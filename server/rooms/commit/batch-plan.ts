import type { User } from '../../../shared/protocol/fields.ts';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { ClientRecord, Head, Submission } from '../../../shared/sync/authority.ts';
import { accept } from '../../../shared/sync/authority.ts';
import type { Change, VersionName } from '../../../shared/sync/change.ts';
import { BATCH_SIZE, BATCH_WORK, OPERATION_WORK } from '../services/room-limits.ts';

/** How a submission ended. `isResend`: the change had been committed before. */
export type Outcome =
  | { readonly kind: 'committed'; readonly change: Change; readonly isResend: boolean }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly retryAfter?: number };

/** A submission that waits for its commit. */
export interface PendingSubmission {
  readonly submission: Submission;
  /** Who asks, as they call themselves now. */
  readonly author: User;
  /** The session that sent it, if there is one. */
  readonly origin: object | undefined;
  /** Why it is refused, if it is. Asked when it is sequenced, with the version that it would follow. */
  readonly denied: (head: VersionName) => { code: ErrorCode; message: string } | undefined;
  readonly settle: (outcome: Outcome) => void;
  /** Its client goes on under another clientId, and has been told that this is not committed. */
  isWithdrawn?: boolean;
}

/** Why a withdrawn submission is refused. */
export const WITHDRAWN = { code: 'unavailable', message: 'The client goes on under another clientId' } as const;

/** Milliseconds after which a refused submission may be sent again. */
export const RETRY_AFTER = 1000;

/** Refuses a submission for now: its client keeps it and sends it again. */
export function refuse(
  pending: PendingSubmission,
  message: string,
  code: 'unavailable' | 'rate_limited' = 'unavailable',
): void {
  pending.settle({ kind: 'refused', code, message, retryAfter: RETRY_AFTER });
}

/** What a batch of submissions comes to. Nothing of it holds before its changes are durable. */
export interface BatchPlan {
  /** The version that its changes follow. */
  readonly previous: VersionName;
  readonly head: Head;
  readonly changes: readonly { readonly change: Change; readonly origin: object | undefined }[];
  readonly clients: ReadonlyMap<string, ClientRecord>;
  readonly outcomes: readonly { readonly pending: PendingSubmission; readonly outcome: Outcome }[];
}

/** What planning needs to know. */
export interface PlanContext {
  readonly head: Head;
  readonly client: (clientId: string) => ClientRecord | undefined;
  /** Committed changes up to the head. */
  readonly changeAt: (version: number) => Change | undefined;
  readonly timestamp: number;
  readonly maximumLength: number;
}

/**
 * How many of the first submissions make one batch: at least one, and no more than can be planned and told in a few milliseconds.
 * `rebasing` tells how many parts of edits are looked at to rebase an edit of `parts` parts from `version`.
 */
export function batchLength(
  queue: readonly PendingSubmission[],
  rebasing: (version: number, parts: number) => number,
): number {
  let work = 0;
  for (const [index, { submission }] of queue.entries()) {
    const { version, operations, carried } = submission;
    work += OPERATION_WORK * operations.length + rebasing(version, carried?.length ?? operations.length);
    if (index > 0 && (index >= BATCH_SIZE || work > BATCH_WORK)) return index;
  }
  return queue.length;
}

/** Decides on a batch in order, each submission on what the ones before it would make of the document. Pure. */
export function planBatch(batch: readonly PendingSubmission[], context: PlanContext): BatchPlan {
  let head = context.head;
  const previous = { version: head.version, timestamp: head.timestamp };
  const changes: { change: Change; origin: object | undefined }[] = [];
  const clients = new Map<string, ClientRecord>();
  const outcomes: { pending: PendingSubmission; outcome: Outcome }[] = [];
  const changeAt = (version: number): Change => {
    const change =
      version > context.head.version ? changes[version - context.head.version - 1]?.change : context.changeAt(version);
    if (change === undefined) throw new Error(`Change ${version} was not loaded`);
    return change;
  };
  for (const pending of batch) {
    const { submission } = pending;
    const denied = pending.isWithdrawn === true ? WITHDRAWN : pending.denied(head);
    if (denied !== undefined) {
      outcomes.push({ pending, outcome: { kind: 'refused', ...denied } });
      continue;
    }
    const verdict = accept(head, submission, {
      client: clients.get(submission.clientId) ?? context.client(submission.clientId),
      changeAt,
      timestamp: context.timestamp,
      maximumLength: context.maximumLength,
    });
    if (verdict.kind === 'accepted') {
      const { change } = verdict;
      head = verdict.head;
      changes.push({ change, origin: pending.origin });
      clients.set(change.clientId, { userId: change.userId, seq: change.seq, version: change.version });
      outcomes.push({ pending, outcome: { kind: 'committed', change, isResend: false } });
    } else if (verdict.kind === 'duplicate') {
      outcomes.push({ pending, outcome: { kind: 'committed', change: verdict.change, isResend: true } });
    } else {
      outcomes.push({ pending, outcome: verdict });
    }
  }
  return { previous, head, changes, clients, outcomes };
}
