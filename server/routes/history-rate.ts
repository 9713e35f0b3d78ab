import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { RateByKey } from '../limits/rate-by-key.ts';
import { RefusalError } from '../base/refusal.ts';
import { BURST } from '../rooms/session/session-rate.ts';

/** Bounds how often the history of documents is read over HTTP: by each user, and without a credential from each network. */
export class HistoryRate {
  readonly #readers: RateByKey;

  constructor(perSecond: number, clock: Clock) {
    this.#readers = new RateByKey(perSecond * BURST, perSecond, clock);
  }

  /** Counts one. Throws RefusalError `rate_limited` where it is one too many. */
  take(request: FastifyRequest): void {
    const wait = this.#readers.take(requesterOf(request)?.id ?? request.source);
    if (wait > 0) throw new RefusalError('rate_limited', 'History is read too often', wait);
  }
}
