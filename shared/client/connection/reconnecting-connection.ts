import type { ClientMessage } from '../../protocol/messages.ts';
import { Heartbeat } from './heartbeat.ts';
import { failuresOf, reconnectDelay } from './reconnect.ts';
import type { Problem } from '../events/session-status.ts';
import type { Clock, Connection, Random, PageLifecycle, Transport } from '../transport/transport.ts';

/** A connection that stayed joined for this long was a good one: the next loss starts from the shortest wait. */
const GOOD_AFTER = 10_000;
/** How long a goodbye may take. */
const GOODBYE_WITHIN = 1_000;

export interface ReconnectingEvents {
  /** The socket is open: join. */
  onOpen(): void;
  onFrame(frame: string): void;
  /** The connection is gone, or never came about. `stop` ends the attempts until `start`. */
  onDown(code: number, problem?: Problem): 'retry' | 'stop';
  /** Something in `retryAt` changed, or whether there is a network. */
  onChange(): void;
  /** True while an edit waits for its acknowledgement. */
  isWaiting(): boolean;
}

export interface ConnectionDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly pageLifecycle: PageLifecycle;
}

type Link =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  | {
      readonly kind: 'connected';
      readonly attempt: number;
      readonly connection: Connection;
      readonly heartbeat: Heartbeat;
      joinedAt: number | undefined;
    };

/**
 * Keeps one connection to the document: opens it, notices when it is dead, and opens the next one after a wait. What an
 * abandoned connection still says is not heard: its number is another one.
 */
export class ReconnectingConnection {
  readonly #world: ConnectionDeps;
  readonly #host: ReconnectingEvents;
  #link: Link = { kind: 'stopped' };
  #attempt = 0;
  #failures = 0;
  #retryAt: number | undefined;
  #ignoreWakes: (() => void) | undefined;
  #goodbye: (() => void) | undefined;

  constructor(world: ConnectionDeps, host: ReconnectingEvents) {
    this.#world = world;
    this.#host = host;
  }

  /** A number that is another one for every connection. */
  get attempt(): number {
    return this.#attempt;
  }

  /** When the next attempt is due, or the last one was; nothing before the first failure. Milliseconds of `Clock.monotonic`. */
  get retryAt(): number | undefined {
    return this.#retryAt;
  }

  /** Connects at once, unless it is connected or connecting. */
  start(): void {
    this.#ignoreWakes ??= this.#listen();
    if (this.#link.kind === 'connected') return;
    if (this.#link.kind === 'waiting') {
      this.#link.cancel();
      this.#retryAt = this.#world.clock.monotonic();
    } else {
      this.#failures = 0;
    }
    this.#open();
  }

  /** Sends a message where there is a connection. */
  send(message: ClientMessage): void {
    if (this.#link.kind === 'connected') this.#link.connection.send(JSON.stringify(message));
  }

  /** The join was answered. */
  joined(): void {
    if (this.#link.kind !== 'connected') return;
    this.#link.joinedAt = this.#world.clock.monotonic();
    this.#link.heartbeat.joined();
  }

  /** An edit waits for its acknowledgement from now on. */
  expectAck(): void {
    if (this.#link.kind === 'connected') this.#link.heartbeat.expectAck();
  }

  /** Gives the connection up and makes another, not before `atLeast` milliseconds. */
  reconnect(atLeast = 0): void {
    if (this.#link.kind !== 'connected') return;
    const { connection } = this.#link;
    this.#down(1006, atLeast);
    connection.close();
  }

  /** Ends everything at once. */
  stop(): void {
    const link = this.#link;
    this.#link = { kind: 'stopped' };
    this.#attempt += 1;
    this.#ignoreWakes?.();
    this.#ignoreWakes = undefined;
    if (link.kind === 'waiting') link.cancel();
    if (link.kind === 'connected') {
      link.heartbeat.stop();
      link.connection.close();
    }
    this.#goodbye?.();
  }

  /** Says goodbye, and resolves when the server has closed, or did not in time. */
  async leave(): Promise<void> {
    if (this.#link.kind === 'connected' && this.#link.joinedAt !== undefined) {
      this.send({ type: 'leave' });
      await new Promise<void>((resolve) => {
        const cancel = this.#world.clock.after(GOODBYE_WITHIN, resolve);
        this.#goodbye = () => {
          cancel();
          resolve();
        };
      });
    }
    this.stop();
  }

  #listen(): () => void {
    const { pageLifecycle } = this.#world;
    const endings = [pageLifecycle.onWake(() => this.#wake()), pageLifecycle.onOffline?.(() => this.#probe())];
    return () => endings.forEach((end) => end?.());
  }

  #wake(): void {
    if (this.#link.kind === 'waiting') this.start();
    else this.#probe();
  }

  /** Something happened to the network: is the connection still good? */
  #probe(): void {
    if (this.#link.kind === 'connected') this.#link.heartbeat.probe();
    this.#host.onChange();
  }

  #open(): void {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const ifCurrent = (run: (link: Extract<Link, { kind: 'connected' }>) => void): void => {
      if (this.#link.kind === 'connected' && this.#link.attempt === attempt) run(this.#link);
    };
    const connection = this.#world.transport.connect({
      onOpen: () =>
        ifCurrent((link) => {
          link.heartbeat.opened();
          this.#host.onOpen();
        }),
      onFrame: (frame) =>
        ifCurrent((link) => {
          link.heartbeat.heard();
          this.#host.onFrame(frame);
        }),
      onClose: (code, _reason, problem) => ifCurrent(() => this.#down(code, 0, problem)),
    });
    const heartbeat = new Heartbeat(this.#world.clock, {
      ping: () => this.send({ type: 'ping' }),
      lost: () => this.reconnect(),
      isWaiting: () => this.#host.isWaiting(),
      unsentBytes: () => connection.unsentBytes ?? 0,
    });
    this.#link = { kind: 'connected', attempt, connection, heartbeat, joinedAt: undefined };
    this.#host.onChange();
  }

  #down(code: number, atLeast: number, problem?: Problem): void {
    if (this.#link.kind !== 'connected') return;
    const { heartbeat, joinedAt } = this.#link;
    heartbeat.stop();
    this.#link = { kind: 'stopped' };
    this.#attempt += 1;
    if (this.#goodbye !== undefined) return this.#goodbye();
    const { clock, random } = this.#world;
    if (joinedAt !== undefined && clock.monotonic() - joinedAt >= GOOD_AFTER) this.#failures = 0;
    this.#failures = Math.max(this.#failures, failuresOf(code));
    const delay = Math.max(atLeast, reconnectDelay(this.#failures, random));
    this.#failures += 1;
    this.#retryAt = clock.monotonic() + delay;
    const attempt = this.#attempt;
    if (this.#host.onDown(code, problem) === 'retry' && this.#link.kind === 'stopped' && this.#attempt === attempt) {
      this.#link = { kind: 'waiting', cancel: clock.after(delay, () => this.#open()) };
    }
    this.#host.onChange();
  }
}
