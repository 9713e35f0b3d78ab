import type { Unanswered } from '../../../shared/protocol/session-messages.ts';
import type { CommitLoop } from './commit-loop.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { RoomLog } from './room-log.ts';

/** Milliseconds after which the log may be readable again. */
const RETRY_AFTER = 1000;

/** A submission that was committed, of which its client has not heard. */
export interface Answered extends Unanswered {
  /** The version it became, or that of a later one of its client. */
  readonly version: number;
}

/** Where an unanswered submission can be found. */
export interface AnswerDeps {
  readonly log: Pick<RoomLog, 'findClient'>;
  readonly commits: Pick<CommitLoop, 'waiting' | 'attempted' | 'catchUp'>;
  /** Ends the sockets of a client, and takes back what waits on an old version. */
  readonly dismiss: (clientId: string) => void;
}

/**
 * Tells what became of the submission that the client `clientId` has in flight (protocol G8). Undefined if it is not committed. Then
 * it will never be committed under one of its former clientIds: their sockets are closed, and their waiting submissions withdrawn.
 * Throws RefusalError `unavailable` if the log cannot be read now.
 */
export async function answerTo(
  unanswered: readonly Unanswered[],
  clientId: string,
  { log, commits, dismiss }: AnswerDeps,
): Promise<Answered | undefined> {
  const former = new Set(unanswered.map((one) => one.clientId));
  former.delete(clientId);
  if (former.size > 0) await end(former, commits, dismiss);
  for (const one of unanswered) {
    const record = await log.findClient(one.clientId);
    if (record !== undefined && record.seq >= one.seq) return { ...one, version: record.version };
  }
  return undefined;
}

async function end(
  clientIds: ReadonlySet<string>,
  commits: AnswerDeps['commits'],
  dismiss: AnswerDeps['dismiss'],
): Promise<void> {
  for (const clientId of clientIds) dismiss(clientId);
  for (const pending of commits.waiting()) {
    if (clientIds.has(pending.submission.clientId)) pending.isWithdrawn = true;
  }
  await commits.attempted();
  try {
    // The attempt may have failed, and have happened all the same.
    await commits.catchUp();
  } catch {
    throw new RefusalError('unavailable', 'Storage cannot tell now what was committed', RETRY_AFTER);
  }
}
