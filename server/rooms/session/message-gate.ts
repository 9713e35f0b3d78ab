import type { Stopwatch } from '../../../shared/clock.ts';
import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import type { SessionRateLimits } from '../services/room-limits.ts';
import { SessionRate } from './session-rate.ts';

/** Messages of which only the newest counts. */
type PresenceMessage = Extract<ClientMessage, { type: 'cursor' | 'presence' }>;

export interface GateEvents {
  /** A message whose time has come. */
  take(message: ClientMessage): void;
  /** Too many: this one is refused, and after `retryAfter` milliseconds one may come again. */
  refuse(message: ClientMessage, retryAfter: number): void;
  /** Far too many: the session ends. */
  end(): void;
}

/** Lets through what a session may say, and holds back the newest of its presence until there is time for it. */
export class MessageGate {
  readonly #clock: Stopwatch;
  readonly #host: GateEvents;
  readonly #rate: SessionRate;
  #postponed: Map<PresenceMessage['type'], PresenceMessage> | undefined;
  #cancel: (() => void) | undefined;

  constructor(limits: SessionRateLimits, clock: Stopwatch, host: GateEvents) {
    this.#clock = clock;
    this.#host = host;
    this.#rate = new SessionRate(limits, clock);
  }

  /** Whether a message may be carried out now. If not, the gate has seen to it. */
  mayPass(message: ClientMessage): boolean {
    const verdict = this.#rate.count(message.type);
    if (verdict.kind === 'pass') {
      // What was held back of this kind is older.
      if (this.#postponed !== undefined && isPresence(message)) this.#postponed.delete(message.type);
      return true;
    }
    if (verdict.kind === 'end') this.#host.end();
    else if (verdict.kind === 'refuse') this.#host.refuse(message, verdict.retryAfter);
    else if (isPresence(message)) this.#postpone(message, verdict.wait);
    return false;
  }

  /** A submission of so many operations is taken. */
  noteOperations(operations: number): void {
    this.#rate.countOperations(operations);
  }

  /** Milliseconds for which nothing more should be read, because there was too much to do for what came. */
  get pause(): number {
    return this.#rate.debt;
  }

  /** A WebSocket ping or pong came, which holds no message but counts where there are too many. */
  noteControlFrame(): void {
    if (!this.#rate.countFrame()) this.#host.end();
  }

  /** Forgets what was held back. */
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
      for (const each of due) this.#host.take(each);
    });
  }
}

function isPresence(message: ClientMessage): message is PresenceMessage {
  return message.type === 'cursor' || message.type === 'presence';
}
