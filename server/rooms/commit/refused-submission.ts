import type { PendingSubmission } from './batch-plan.ts';

/** Milliseconds after which it may be sent again. */
const RETRY_AFTER = 1000;

/** Refuses a submission for now: its client keeps it and sends it again. */
export function refuse(
  pending: PendingSubmission,
  message: string,
  code: 'unavailable' | 'rate_limited' = 'unavailable',
): void {
  pending.settle({ kind: 'refused', code, message, retryAfter: RETRY_AFTER });
}
