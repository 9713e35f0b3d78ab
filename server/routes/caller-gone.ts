import type { FastifyReply } from 'fastify';
import { RefusalError } from '../base/refusal.ts';

/** Why work was dropped for which nobody waits any more; nobody hears it. */
export function callerGone(): RefusalError {
  return new RefusalError('bad_message', 'The caller has gone');
}

/** Aborts, with `callerGone`, when the connection ends before it had the answer. */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  if (raw.destroyed) return AbortSignal.abort(callerGone());
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(callerGone());
  });
  return controller.signal;
}
