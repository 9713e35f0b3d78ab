import type { IncomingBytes } from '../limits/incoming-bytes.ts';

/** Bytes; counting each chunk of each message would cost more than most of them. */
const STEP = 65_536;

/** The message of a socket that has not come whole, counted among what comes in from step to step. */
export class HalfMessage {
  readonly #incoming: IncomingBytes;
  readonly #network: string | undefined;
  #bytes = 0;
  #counted = 0;

  constructor(incoming: IncomingBytes, network: string | undefined) {
    this.#incoming = incoming;
    this.#network = network;
  }

  /** So many bytes of it came; false where there is no room for them. */
  came(bytes: number): boolean {
    this.#bytes += bytes;
    for (; this.#bytes - this.#counted > STEP; this.#counted += STEP) {
      if (this.#incoming.take(this.#network, STEP) !== undefined) return false;
    }
    return true;
  }

  /** It is whole, or nobody will have it. */
  end(): void {
    if (this.#counted > 0) this.#incoming.giveBack(this.#network, this.#counted);
    this.#bytes = 0;
    this.#counted = 0;
  }
}
