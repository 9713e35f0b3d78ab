import type { Clock, Connection } from '../transport/transport.ts';

/** Milliseconds of silence after which a ping is sent. */
const QUIET = 20_000;
/** The same while an edit waits for its acknowledgement. */
const QUIET_WHILE_UNSAVED = 10_000;
/** Milliseconds after a ping within which something must be heard. */
const ANSWER_WITHIN = 5_000;
const PING = JSON.stringify({ type: 'ping' });

export interface HeartbeatEvents {
  /** The connection is dead. */
  onLost(): void;
  /** True while an edit waits for its acknowledgement. */
  isWaiting(): boolean;
}

/** Finds out that a joined connection is half-open: it looks open, and nobody is there. One timer per connection. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #connection: Connection;
  readonly #events: HeartbeatEvents;
  #lastHeard: number;
  /** Bytes that were unsent at the ping that is unanswered. */
  #asked: number | undefined;
  #cancel: () => void = () => {};

  constructor(clock: Clock, connection: Connection, events: HeartbeatEvents) {
    this.#clock = clock;
    this.#connection = connection;
    this.#events = events;
    this.#lastHeard = clock.monotonic();
    this.#arm(QUIET);
  }

  /** A frame came. Cheap: the timer looks at the time when it fires. */
  heard(): void {
    this.#lastHeard = this.#clock.monotonic();
    this.#asked = undefined;
  }

  /** An edit waits for its acknowledgement from now on: the next ping is due earlier. */
  expectAck(): void {
    if (this.#asked === undefined) this.#arm(this.#patience());
  }

  /** Sends a ping at once, for instance after a sleep. */
  probe(): void {
    if (this.#asked === undefined) this.#ask();
  }

  stop(): void {
    this.#cancel();
  }

  #patience(): number {
    const quiet = this.#events.isWaiting() ? QUIET_WHILE_UNSAVED : QUIET;
    return Math.max(0, this.#lastHeard + quiet - this.#clock.monotonic());
  }

  #unsentBytes(): number {
    return this.#connection.unsentBytes ?? 0;
  }

  #ask(): void {
    this.#asked = this.#unsentBytes();
    this.#connection.send(PING);
    this.#arm(ANSWER_WITHIN);
  }

  #arm(delay: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(delay, () => this.#due());
  }

  #due(): void {
    if (this.#asked !== undefined) {
      const unsent = this.#unsentBytes();
      // A slow upload that makes progress is not a dead connection.
      if (unsent === 0 || unsent >= this.#asked) return this.#events.onLost();
      this.#asked = unsent;
      return this.#arm(ANSWER_WITHIN);
    }
    const patience = this.#patience();
    if (patience > 0) this.#arm(patience);
    else this.#ask();
  }
}
