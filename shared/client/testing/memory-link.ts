import type { Connection, ConnectionHandlers } from '../transport/transport.ts';

interface ServerEnd {
  receive(frame: string): void;
  gone(): void;
}

/** One connection between a session and the server in memory. Nothing moves until a test says so. */
export class MemoryLink {
  readonly connection: Connection;
  /** Frames from the client that have not arrived. */
  readonly up: string[] = [];
  /** What the client has not been told yet. */
  readonly down: (() => void)[] = [];
  /** Half-open: nothing arrives any more at either end, and nobody is told. */
  isDead = false;
  readonly #handlers: ConnectionHandlers;
  readonly #server: ServerEnd;
  #isClosed = false;
  #isMute = false;

  constructor(handlers: ConnectionHandlers, server: ServerEnd) {
    this.#handlers = handlers;
    this.#server = server;
    this.down.push(() => handlers.onOpen());
    this.connection = {
      send: (frame) => {
        if (!this.#isClosed) this.up.push(frame);
      },
      close: (code = 1005) => this.#end(code),
    };
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The server sends a frame. */
  push(frame: string): void {
    if (!this.#isClosed) this.down.push(() => this.#handlers.onFrame(frame));
  }

  /** The server closes; what it sent before still arrives. */
  close(code: number): void {
    this.#end(code);
  }

  /** The network fails: what is under way is lost in both directions. */
  cut(): void {
    if (this.#isClosed) return;
    this.up.length = 0;
    this.down.length = 0;
    this.#end(1006);
  }

  /** Nobody is at the client's end any more. */
  mute(): void {
    this.down.length = 0;
    this.#isMute = true;
  }

  /** Delivers one frame to the server; false if there is none. */
  deliverUp(): boolean {
    const frame = this.isDead ? undefined : this.up.shift();
    if (frame !== undefined) this.#server.receive(frame);
    return frame !== undefined;
  }

  deliverDown(): boolean {
    const event = this.isDead ? undefined : this.down.shift();
    if (!this.#isMute) event?.();
    return event !== undefined;
  }

  /** Delivers one thing in each direction; false if there is nothing to deliver. */
  deliver(): boolean {
    const up = this.deliverUp();
    return this.deliverDown() || up;
  }

  #end(code: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#server.gone();
    this.down.push(() => this.#handlers.onClose(code, ''));
  }
}
