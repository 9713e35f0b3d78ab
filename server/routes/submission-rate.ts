import type { Clock } from '../../shared/clock.ts';
import { RateByKey } from '../rate-by-key.ts';
import { RefusalError } from '../rooms/refusal.ts';
import { countIn, type RoomCounters } from '../rooms/room-counters.ts';
import { BURST, type SessionRateLimits } from '../rooms/session-rate.ts';

/** Bounds what each user commits over HTTP, on all documents together, as a session bounds what comes by its socket (rule L2). */
export class SubmissionRate {
  readonly #users: RateByKey;
  readonly #counters: RoomCounters;

  constructor({ submissionsPerSecond }: SessionRateLimits, clock: Clock, counters: RoomCounters) {
    this.#users = new RateByKey(submissionsPerSecond * BURST, submissionsPerSecond, clock);
    this.#counters = counters;
  }

  /** Counts one. Throws RefusalError `rate_limited` where it is one too many. */
  take(userId: string): void {
    const wait = this.#users.take(userId);
    if (wait === 0) return;
    countIn(this.#counters.refusals, 'rate_limited');
    throw new RefusalError('rate_limited', 'These are too many changes', wait);
  }
}
