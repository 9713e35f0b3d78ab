import { WebSocket } from 'ws';
import type { Arrivals, LoadClient, KnownVersion } from '../server-under-test.ts';
import type { Operation } from '../../shared/text/operation.ts';

/** Milliseconds for the upgrade. */
const HANDSHAKE_TIMEOUT = 20_000;

/** What every thin client does with its socket; a protocol adds how it joins, submits and reads. */
export abstract class LoadSocket implements LoadClient {
  bytesReceived = 0;
  protected readonly arrivals: Arrivals;
  readonly #socket: WebSocket;
  #isCut = false;
  #onJoined: (() => void) | undefined;

  constructor(url: string, arrivals: Arrivals, subprotocol: string | undefined) {
    this.arrivals = arrivals;
    this.#socket = new WebSocket(url, subprotocol === undefined ? [] : [subprotocol], {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      handshakeTimeout: HANDSHAKE_TIMEOUT,
    });
    this.#socket.on('message', (frame: Buffer) => {
      this.bytesReceived += frame.length;
      this.receive(frame);
    });
  }

  abstract readonly whereabouts: KnownVersion;
  abstract submit(operations: readonly Operation[]): void;

  /** Resolves once the server has answered the join. */
  async joined(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#onJoined = resolve;
      const fail = (reason: string): void => {
        if (this.#isCut) return;
        reject(new Error(reason));
        this.arrivals.failed(reason);
      };
      this.#socket.on('open', () => this.join());
      this.#socket.on('error', (error) => fail(String(error)));
      this.#socket.on('close', (code, reason) => fail(`The server closed a socket: ${code} ${String(reason)}`));
    });
    return this;
  }

  cut(): void {
    this.#isCut = true;
    this.#socket.terminate();
  }

  protected abstract join(): void;
  protected abstract receive(frame: Buffer): void;

  protected hasJoined(): void {
    this.#onJoined?.();
  }

  protected send(message: string | Uint8Array): void {
    this.#socket.send(message);
  }
}
