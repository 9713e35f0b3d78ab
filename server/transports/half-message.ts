import type { IncomingBytes } from '../limits/incoming-bytes.ts';

/** Bytes per step; counting each chunk would cost more than reading most messages. */
const STEP = 65_536;

/** Counts the incomplete message of a socket among the incoming bytes, step by step. */
export class HalfMessage {
  readonly #incoming: IncomingBytes;
  readonly #network: string | undefined;
  #bytes = 0;
  #counted = 0;

  constructor(incoming: IncomingBytes, network: string | undefined) {
    this.#incoming = incoming;
    this.#network = network;
  }

  /** `bytes` more have come. False if there is no room for them. */
  came(bytes: number): boolean {
    this.#bytes += bytes;
    for (; this.#bytes - this.#counted > STEP; this.#counted += STEP) {
      if (this.#incoming.take(this.#network, STEP) !== undefined) return false;
    }
    return true;
  }

  /** The message is complete, or dropped. */
  end(): void {
    if (this.#counted > 0) this.#incoming.giveBack(this.#network, this.#counted);
    this.#bytes = 0;
    this.#counted = 0;
  }
}
