import type { Stopwatch } from '../../../shared/clock.ts';
import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import { TokenBucket } from '../../limits/token-bucket.ts';
import type { SessionRateLimits } from '../services/room-limits.ts';

/** A bucket holds what its rate gives in so many seconds. */
export const BURST = 2;
/** Seconds over which refusals are counted. */
const STRIKES_WITHIN = 10;
/** So many times the rate of presence, and more is no caret that moves fast but a flood. WebSocket pings count here too. */
const FLOOD = 100;

/** What becomes of a message that was counted. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** Carry it out later, unless a newer one comes first. */
  | { readonly kind: 'postpone'; readonly wait: number }
  /** Refuse it; milliseconds until one may come again. */
  | { readonly kind: 'refuse'; readonly retryAfter: number }
  /** End the session. */
  | { readonly kind: 'end' };

const PASS: Verdict = { kind: 'pass' };
const END: Verdict = { kind: 'end' };

/** Counts what a session says. What stays within the limits costs a subtraction or two, and no look at the clock. */
export class SessionRate {
  readonly #limits: SessionRateLimits;
  readonly #clock: Stopwatch;
  // Made when they are first asked, which they are full at: most sessions of a large room only read.
  #messages: TokenBucket | undefined;
  #submissions: TokenBucket | undefined;
  #operations: TokenBucket | undefined;
  #presence: TokenBucket | undefined;
  #strikes: TokenBucket | undefined;
  #flood: TokenBucket | undefined;

  constructor(limits: SessionRateLimits, clock: Stopwatch) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** A message came in; its kind is all that counts. */
  count(type: ClientMessage['type'] | undefined): Verdict {
    const { messagesPerSecond, submissionsPerSecond, presencePerSecond } = this.#limits;
    if (type === 'cursor' || type === 'presence') {
      const presence = (this.#presence ??= this.#bucket(presencePerSecond));
      if (presence.take(this.#clock)) return PASS;
      return this.countFrame() ? { kind: 'postpone', wait: presence.wait } : END;
    }
    const messages = (this.#messages ??= this.#bucket(messagesPerSecond));
    if (!messages.take(this.#clock)) return this.#refuse(messages);
    if (type !== 'submit') return PASS;
    const submissions = (this.#submissions ??= this.#bucket(submissionsPerSecond));
    return submissions.take(this.#clock) ? PASS : this.#refuse(submissions);
  }

  /** A submission of so many operations is taken. */
  countOperations(operations: number): void {
    this.#operations ??= this.#bucket(this.#limits.operationsPerSecond);
    this.#operations.spend(operations, this.#clock);
  }

  /** Milliseconds until there may be more, because there were too many operations. */
  get debt(): number {
    return this.#operations?.debt(this.#clock) ?? 0;
  }

  /** A frame without a message came in, a WebSocket ping or pong; false where it is one of a flood. */
  countFrame(): boolean {
    this.#flood ??= this.#bucket(this.#limits.presencePerSecond * FLOOD);
    return this.#flood.take(this.#clock);
  }

  #bucket(perSecond: number): TokenBucket {
    return new TokenBucket(perSecond * BURST, perSecond, this.#clock.monotonic());
  }

  #refuse(bucket: TokenBucket): Verdict {
    const { rateStrikes } = this.#limits;
    this.#strikes ??= new TokenBucket(rateStrikes, rateStrikes / STRIKES_WITHIN, this.#clock.monotonic());
    return this.#strikes.take(this.#clock) ? { kind: 'refuse', retryAfter: bucket.wait } : END;
  }
}
