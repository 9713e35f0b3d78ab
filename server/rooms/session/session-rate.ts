import type { Stopwatch } from '../../../shared/clock.ts';
import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import { TokenBucket } from '../../limits/token-bucket.ts';
import type { SessionRateLimits } from '../services/room-limits.ts';

/** Seconds: a bucket holds what its rate gives in this time. */
export const BURST = 2;
/** Seconds over which refusals are counted. */
const STRIKES_WITHIN = 10;
/** Times the rate of presence, above which messages are no caret that moves fast but a flood. WebSocket pings count too. */
const FLOOD = 100;
/** This many bad messages within `BAD_WITHIN` milliseconds end a session with 4400. */
const BAD_MESSAGES = 10;
const BAD_WITHIN = 10_000;

/** What to do with a message that was counted. */
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

/** Counts what a session says. Within the limits that costs a subtraction or two, and the clock is not read. */
export class SessionRate {
  readonly #limits: SessionRateLimits;
  readonly #clock: Stopwatch;
  // Made on first use, and full then: most sessions of a large room only read.
  #messages: TokenBucket | undefined;
  #submissions: TokenBucket | undefined;
  #operations: TokenBucket | undefined;
  #presence: TokenBucket | undefined;
  #strikes: TokenBucket | undefined;
  #flood: TokenBucket | undefined;
  /** When the last bad messages came, in monotonic milliseconds. */
  #badAt: number[] | undefined;

  constructor(limits: SessionRateLimits, clock: Stopwatch) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Counts a message by its type. */
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

  /** Counts the operations of a submission. */
  countOperations(operations: number): void {
    this.#operations ??= this.#bucket(this.#limits.operationsPerSecond);
    this.#operations.spend(operations, this.#clock);
  }

  /** Milliseconds until more operations may come; 0 unless there were too many. */
  get debt(): number {
    return this.#operations?.debt(this.#clock) ?? 0;
  }

  /** Counts a frame without a message, a WebSocket ping or pong; false if it is part of a flood. */
  countFrame(): boolean {
    this.#flood ??= this.#bucket(this.#limits.presencePerSecond * FLOOD);
    return this.#flood.take(this.#clock);
  }

  /** Counts a message that could not be read; false if it is one too many. */
  countBadMessage(): boolean {
    const now = this.#clock.monotonic();
    const times = (this.#badAt ??= []);
    times.push(now);
    if (times.length > BAD_MESSAGES) times.shift();
    return times.length < BAD_MESSAGES || now - times[0]! > BAD_WITHIN;
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

/** Messages of which only the newest counts. */
type PresenceMessage = Extract<ClientMessage, { type: 'cursor' | 'presence' }>;

export interface GateEvents {
  /** Carry out a presence message that was postponed. */
  take(message: ClientMessage): void;
  /** Too many: this one is refused; the next may come after `retryAfter` milliseconds. */
  refuse(message: ClientMessage, retryAfter: number): void;
  /** Far too many: the session ends. */
  end(): void;
}

/** The rate limits of one session: refuses messages that are too many, and postpones presence, of which only the newest counts. */
export class MessageGate {
  readonly #clock: Stopwatch;
  readonly #events: GateEvents;
  readonly #rate: SessionRate;
  #postponed: Map<PresenceMessage['type'], PresenceMessage> | undefined;
  #cancel: (() => void) | undefined;

  constructor(limits: SessionRateLimits, clock: Stopwatch, events: GateEvents) {
    this.#clock = clock;
    this.#events = events;
    this.#rate = new SessionRate(limits, clock);
  }

  /** Whether to carry out a message now. If not, the gate has refused or postponed it, or ended the session. */
  mayPass(message: ClientMessage): boolean {
    const verdict = this.#rate.count(message.type);
    if (verdict.kind === 'pass') {
      // A postponed message of this type is older.
      if (this.#postponed !== undefined && isPresence(message)) this.#postponed.delete(message.type);
      return true;
    }
    if (verdict.kind === 'end') this.#events.end();
    else if (verdict.kind === 'refuse') this.#events.refuse(message, verdict.retryAfter);
    else if (isPresence(message)) this.#postpone(message, verdict.wait);
    return false;
  }

  /** Counts the operations of a submission. */
  noteOperations(operations: number): void {
    this.#rate.countOperations(operations);
  }

  /** Milliseconds for which nothing more should be read, because too many operations came; else 0. */
  get pause(): number {
    return this.#rate.debt;
  }

  /** Counts a WebSocket ping or pong, of which too many end the session. */
  noteControlFrame(): void {
    if (!this.#rate.countFrame()) this.#events.end();
  }

  /** Counts a message that could not be read; false if there were too many lately. */
  noteBadMessage(): boolean {
    return this.#rate.countBadMessage();
  }

  /** Drops what was postponed. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#postponed = undefined;
  }

  #postpone(message: PresenceMessage, wait: number): void {
    this.#postponed ??= new Map();
    this.#postponed.set(message.type, message);
    this.#cancel ??= this.#clock.after(wait, () => {
      const due = [...(this.#postponed?.values() ?? [])];
      this.stop();
      for (const each of due) this.#events.take(each);
    });
  }
}

function isPresence(message: ClientMessage): message is PresenceMessage {
  return message.type === 'cursor' || message.type === 'presence';
}
