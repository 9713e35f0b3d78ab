import type { Stopwatch } from '../../../shared/clock.ts';
import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import type { SessionRateLimits } from '../services/room-limits.ts';
import { SessionRate } from './session-rate.ts';

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
