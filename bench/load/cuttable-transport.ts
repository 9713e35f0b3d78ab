import type { Connection, ConnectionHandlers, Transport } from '../../shared/client/transport/transport.ts';

/** A transport whose network can be taken away. */
export class CuttableTransport implements Transport {
  readonly #inner: Transport;
  #connection: Connection | undefined;
  #isCut = false;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  connect(handlers: ConnectionHandlers): Connection {
    if (this.#isCut) {
      setImmediate(() => handlers.onClose(1006, ''));
      return { send: () => undefined, close: () => undefined };
    }
    this.#connection = this.#inner.connect(handlers);
    return this.#connection;
  }

  cut(): void {
    this.#isCut = true;
    this.#connection?.close();
  }

  mend(): void {
    this.#isCut = false;
  }
}
