import type { Operation } from '../../shared/text/operation.ts';
import type { Arrivals, ConnectOptions, KnownVersion } from '../server-under-test.ts';
import { LoadSocket } from './load-socket.ts';

let named = 0;

/** Speaks the relay's protocol (relay/relay.mjs): one shared frame for all, in which an author looks for its own name. */
export class RelayClient extends LoadSocket {
  readonly #name: string;
  readonly #own: Buffer;
  readonly #returning: KnownVersion | undefined;
  #version = 0;

  constructor(url: string, arrivals: Arrivals, { returning }: ConnectOptions = {}) {
    super(url, arrivals, undefined);
    named += 1;
    this.#name = returning?.clientKey ?? String(named);
    this.#own = Buffer.from(`"by":"${this.#name}"`);
    this.#returning = returning;
  }

  get whereabouts(): KnownVersion {
    return { clientKey: this.#name, version: this.#version, timestamp: 0 };
  }

  submit(operations: readonly Operation[]): void {
    this.send(`{"type":"submit","by":"${this.#name}","operations":${JSON.stringify(operations)}}`);
  }

  protected join(): void {
    const { version } = this.#returning ?? {};
    this.send(JSON.stringify({ type: 'join', by: this.#name, version }));
  }

  protected receive(frame: Buffer): void {
    if (frame[0] !== OPENING_BRACKET) {
      this.#version = (JSON.parse(frame.toString()) as { version: number }).version;
      this.hasJoined();
      this.arrivals.upTo(this.#version);
      return;
    }
    for (let own = frame.indexOf(this.#own); own >= 0; own = frame.indexOf(this.#own, own + 1)) {
      this.arrivals.acknowledged(numberAt(frame, frame.lastIndexOf(VERSION, own) + VERSION.length));
    }
    this.#version = numberAt(frame, frame.lastIndexOf(VERSION) + VERSION.length);
    this.arrivals.upTo(this.#version);
  }
}

const OPENING_BRACKET = 0x5b;
const VERSION = Buffer.from('{"type":"update","version":');

/** The whole number that stands at an offset. */
function numberAt(frame: Buffer, offset: number): number {
  return Number.parseInt(frame.toString('latin1', offset, offset + 16), 10);
}
