import type { Connection, ConnectionHandlers, Transport } from '../../shared/client/transport/transport.ts';

/** As much of a message as the gate looks at. */
interface PassingMessage {
  readonly type: string;
  readonly seq?: number;
}

/**
 * A transport that keeps back what others typed until its owner may see it, and everything behind that, because messages
 * stay in order. It also tells when a submission leaves.
 */
export class Gate implements Transport {
  readonly #inner: Transport;
  readonly #mayPass: () => boolean;
  readonly #onUpdate: () => void;
  readonly #onSubmit: (seq: number) => void;
  #handlers: ConnectionHandlers | undefined;
  #held: PassingMessage[] = [];

  constructor(
    inner: Transport,
    watch: {
      /** Whether the next change of somebody else may be seen now. */
      readonly mayPass: () => boolean;
      /** A change of somebody else is about to be seen. */
      readonly onUpdate: () => void;
      readonly onSubmit: (seq: number) => void;
    },
  ) {
    this.#inner = inner;
    this.#mayPass = watch.mayPass;
    this.#onUpdate = watch.onUpdate;
    this.#onSubmit = watch.onSubmit;
  }

  connect(handlers: ConnectionHandlers): Connection {
    this.#handlers = handlers;
    this.#held = [];
    const connection = this.#inner.connect({
      onOpen: () => handlers.onOpen(),
      onClose: (code, reason) => handlers.onClose(code, reason),
      onFrame: (frame) => {
        const value = JSON.parse(frame) as PassingMessage | PassingMessage[];
        this.#held.push(...(Array.isArray(value) ? value : [value]));
        this.flow();
      },
    });
    return {
      send: (frame) => {
        const value = JSON.parse(frame) as PassingMessage | PassingMessage[];
        for (const message of Array.isArray(value) ? value : [value]) {
          if (message.type === 'submit') this.#onSubmit(message.seq!);
        }
        connection.send(frame);
      },
      close: (code, reason) => connection.close(code, reason),
    };
  }

  /** Lets through what may pass now. */
  flow(): void {
    for (let message = this.#held[0]; message !== undefined; message = this.#held[0]) {
      if (message.type === 'document-update') {
        if (!this.#mayPass()) return;
        this.#onUpdate();
      }
      this.#held.shift();
      this.#handlers!.onFrame(JSON.stringify(message));
    }
  }
}
