import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { RateByKey } from '../limits/rate-by-key.ts';
import { RefusalError } from '../base/refusal.ts';
import { countIn, type RoomCounters } from '../rooms/services/room-counters.ts';
import type { SessionRateLimits } from '../rooms/services/room-limits.ts';
import { BURST } from '../rooms/session/session-rate.ts';
import type { WriteRates } from '../limits/write-rates.ts';

/**
 * Bounds what each user commits over HTTP, on all documents together, as a session bounds what comes by its socket (rule L2);
 * without a credential, each network.
 */
export class SubmissionRate {
  readonly #writers: RateByKey;
  readonly #operations: RateByKey;
  readonly #writes: WriteRates;
  readonly #counters: RoomCounters;

  constructor(
    { submissionsPerSecond, operationsPerSecond }: SessionRateLimits,
    writes: WriteRates,
    { clock, counters }: { readonly clock: Clock; readonly counters: RoomCounters },
  ) {
    this.#writers = new RateByKey(submissionsPerSecond * BURST, submissionsPerSecond, clock);
    this.#operations = new RateByKey(operationsPerSecond * BURST, operationsPerSecond, clock);
    this.#writes = writes;
    this.#counters = counters;
  }

  /** Counts one, the bytes of its text, and its operations. Throws RefusalError `rate_limited` where it is too much. */
  take(request: FastifyRequest, bytes: number, operations = 1): void {
    const { source, network } = request;
    const origin = { requester: requesterOf(request), source, network };
    const writer = origin.requester?.id ?? source;
    const wait = this.#operations.take(writer, operations) || this.#writers.take(writer);
    if (wait === 0) return this.#writes.write(origin, bytes);
    countIn(this.#counters.refusals, 'rate_limited');
    throw new RefusalError('rate_limited', 'These are too many changes', wait);
  }
}
