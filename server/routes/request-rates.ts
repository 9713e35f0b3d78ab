import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { RefusalError } from '../base/refusal.ts';
import { RateByKey } from '../limits/rate-by-key.ts';
import type { WriteRates } from '../limits/write-rates.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { countIn, type RoomCounters } from '../rooms/services/room-counters.ts';
import { BURST } from '../rooms/session/session-rate.ts';
import type { Config } from '../setup/config.ts';

export interface RequestRatesDeps {
  /** Bounds the bytes that are written. */
  readonly writes: WriteRates;
  readonly counters: RoomCounters;
  readonly clock: Clock;
}

/**
 * Bounds what each user reads and commits over HTTP, on all documents together, as a session bounds what comes by its socket (rule
 * L2). Without a credential, each network counts as one user.
 */
export class RequestRates {
  readonly #submissions: RateByKey;
  readonly #operations: RateByKey;
  readonly #historyReads: RateByKey;
  readonly #searches: RateByKey;
  readonly #deps: RequestRatesDeps;

  constructor(
    { limits, historyReads, searches }: Pick<Config, 'limits' | 'historyReads' | 'searches'>,
    deps: RequestRatesDeps,
  ) {
    const rate = (perSecond: number): RateByKey => new RateByKey(perSecond * BURST, perSecond, deps.clock);
    this.#submissions = rate(limits.submissionsPerSecond);
    this.#operations = rate(limits.operationsPerSecond);
    this.#historyReads = rate(historyReads);
    this.#searches = rate(searches);
    this.#deps = deps;
  }

  /** Counts one submission, the bytes of its text, and its operations. Throws RefusalError `rate_limited`. */
  takeSubmission(request: FastifyRequest, bytes: number, operations = 1): void {
    const { source, network } = request;
    const { writes, counters } = this.#deps;
    const writer = userKey(request);
    const wait = this.#operations.take(writer, operations) || this.#submissions.take(writer);
    if (wait === 0) return writes.write({ requester: requesterOf(request), source, network }, bytes);
    countIn(counters.refusals, 'rate_limited');
    throw new RefusalError('rate_limited', 'These are too many changes', wait);
  }

  /** Counts one page of changes, or one older text. Throws RefusalError `rate_limited`. */
  takeHistoryRead(request: FastifyRequest): void {
    const wait = this.#historyReads.take(userKey(request));
    if (wait > 0) throw new RefusalError('rate_limited', 'History is read too often', wait);
  }

  /** Counts one page of a search, or one question for people. Throws RefusalError `rate_limited`. */
  takeSearch(request: FastifyRequest): void {
    const wait = this.#searches.take(userKey(request));
    if (wait > 0) throw new RefusalError('rate_limited', 'These are too many searches', wait);
  }
}

function userKey(request: FastifyRequest): string {
  return requesterOf(request)?.id ?? request.source;
}
