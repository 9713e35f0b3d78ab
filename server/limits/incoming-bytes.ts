/** How many bytes may be coming in at once: in all, and from one network. Settings. */
export interface IncomingLimits {
  readonly bodyBytes: number;
  readonly addressBodyBytes: number;
}

/** Counts the bytes of incomplete bodies and messages, in all and by network. */
export class IncomingBytes {
  readonly #limits: IncomingLimits;
  readonly #byNetwork = new Map<string, number>();
  #total = 0;

  constructor(limits: IncomingLimits) {
    this.#limits = limits;
  }

  /** Counts bytes until `giveBack`, or returns the limit that they exceed. What comes alone is always accepted. */
  take(network: string | undefined, bytes: number): 'network' | 'server' | undefined {
    const before = network === undefined ? 0 : (this.#byNetwork.get(network) ?? 0);
    if (before > 0 && before + bytes > this.#limits.addressBodyBytes) return 'network';
    if (this.#total > 0 && this.#total + bytes > this.#limits.bodyBytes) return 'server';
    this.#change(network, bytes);
    return undefined;
  }

  /** They were used, or dropped. */
  giveBack(network: string | undefined, bytes: number): void {
    this.#change(network, -bytes);
  }

  #change(network: string | undefined, bytes: number): void {
    this.#total += bytes;
    if (network === undefined) return;
    const left = (this.#byNetwork.get(network) ?? 0) + bytes;
    if (left === 0) this.#byNetwork.delete(network);
    else this.#byNetwork.set(network, left);
  }
}

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
