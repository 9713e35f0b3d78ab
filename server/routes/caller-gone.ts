import type { FastifyReply } from 'fastify';
import { RefusalError } from '../base/refusal.ts';

/** The reason for dropping work whose caller has disconnected. Nobody receives it. */
export function callerGone(): RefusalError {
  return new RefusalError('bad_message', 'The caller has gone');
}

/** A signal that aborts with `callerGone` if the connection ends before the answer was sent. */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  if (raw.destroyed) return AbortSignal.abort(callerGone());
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(callerGone());
  });
  return controller.signal;
}
