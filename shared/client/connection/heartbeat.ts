import type { Clock } from '../transport/transport.ts';

/** Milliseconds of silence after which the server is asked whether it is there. */
const QUIET = 20_000;
/** The same while an edit waits for its acknowledgement. */
const QUIET_WHILE_UNSAVED = 10_000;
/** Within this time something must be heard after a ping. */
const ANSWER_WITHIN = 5_000;
/** For opening the socket. */
const OPEN_WITHIN = 10_000;
/** For the join answer, which may be a text of megabytes on a slow line. */
const JOIN_WITHIN = 60_000;

export interface HeartbeatEvents {
  /** Sends a ping. */
  ping(): void;
  /** The connection is dead. */
  lost(): void;
  /** True while an edit waits for its acknowledgement. */
  isWaiting(): boolean;
  /** Bytes queued and not yet on the network. */
  unsentBytes(): number;
}

/** Finds out that a connection is half-open: it looks open, and nobody is there. One timer per connection. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #host: HeartbeatEvents;
  #phase: 'opening' | 'joining' | 'joined' = 'opening';
  #lastHeard: number;
  /** Bytes that were unsent at the ping which is unanswered. */
  #asked: number | undefined;
  #cancel: () => void = () => {};

  constructor(clock: Clock, host: HeartbeatEvents) {
    this.#clock = clock;
    this.#host = host;
    this.#lastHeard = clock.monotonic();
    this.#arm(OPEN_WITHIN);
  }

  opened(): void {
    this.#phase = 'joining';
    this.heard();
    this.#arm(JOIN_WITHIN);
  }

  joined(): void {
    this.#phase = 'joined';
    this.#arm(QUIET);
  }

  /** A frame came. Cheap: the timer looks at the time when it fires. */
  heard(): void {
    this.#lastHeard = this.#clock.monotonic();
    this.#asked = undefined;
  }

  /** An edit waits from now on: patience is shorter. */
  expectAck(): void {
    if (this.#phase === 'joined' && this.#asked === undefined) this.#arm(this.#patience());
  }

  /** Asks at once, as after a sleep. */
  probe(): void {
    if (this.#phase === 'joined' && this.#asked === undefined) this.#ask();
  }

  stop(): void {
    this.#cancel();
  }

  #patience(): number {
    const quiet = this.#host.isWaiting() ? QUIET_WHILE_UNSAVED : QUIET;
    return Math.max(0, this.#lastHeard + quiet - this.#clock.monotonic());
  }

  #ask(): void {
    this.#asked = this.#host.unsentBytes();
    this.#host.ping();
    this.#arm(ANSWER_WITHIN);
  }

  #arm(delay: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(delay, () => this.#due());
  }

  #due(): void {
    if (this.#phase !== 'joined') return this.#host.lost();
    if (this.#asked !== undefined) {
      const unsent = this.#host.unsentBytes();
      if (unsent === 0 || unsent >= this.#asked) return this.#host.lost();
      this.#asked = unsent;
      return this.#arm(ANSWER_WITHIN);
    }
    const patience = this.#patience();
    if (patience > 0) this.#arm(patience);
    else this.#ask();
  }
}
