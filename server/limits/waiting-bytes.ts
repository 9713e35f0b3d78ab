/** How much may wait for readers. Settings. */
export interface WaitingLimits {
  /** Bytes in transit to readers, in all and to one network; shared bytes count once. */
  readonly waitingBytes: number;
  readonly networkWaitingBytes: number;
}

/** The memory behind some pieces: a waiting piece keeps all of its ArrayBuffer alive. */
type Memory = ReadonlySet<ArrayBufferLike>;

/** Counts the buffers of which something is being sent, each once. */
class SharedMemory {
  readonly #readers = new Map<ArrayBufferLike, number>();
  bytes = 0;

  /** Bytes that these would add. */
  lacking(memory: Memory): number {
    let sum = 0;
    for (const each of memory) if (!this.#readers.has(each)) sum += each.byteLength;
    return sum;
  }

  add(memory: Memory): void {
    this.bytes += this.lacking(memory);
    for (const each of memory) this.#readers.set(each, (this.#readers.get(each) ?? 0) + 1);
  }

  remove(memory: Memory): void {
    for (const each of memory) {
      const left = this.#readers.get(each)! - 1;
      if (left > 0) this.#readers.set(each, left);
      else {
        this.#readers.delete(each);
        this.bytes -= each.byteLength;
      }
    }
  }
}

/**
 * Limits what is in transit to readers, in all and to each network: long HTTP answers, and frames that the system has not taken. It
 * counts the memory behind them, which readers of the same bytes share. What is alone may always be sent, however long it is.
 */
export class WaitingBytes {
  readonly #limits: WaitingLimits;
  readonly #all = new SharedMemory();
  readonly #byNetwork = new Map<string, SharedMemory>();

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** Bytes in transit. */
  get bytes(): number {
    return this.#all.bytes;
  }

  /**
   * Counts pieces for a reader in a network (undefined: one without a limit). Returns the function to call once they have left;
   * undefined if they are too much now.
   */
  take(pieces: readonly Buffer[], network: string | undefined): (() => void) | undefined {
    const { waitingBytes, networkWaitingBytes } = this.#limits;
    const memory = new Set(pieces.map(({ buffer }) => buffer));
    const mine = (network === undefined ? undefined : this.#byNetwork.get(network)) ?? new SharedMemory();
    if (isTooMuch(mine, memory, networkWaitingBytes) || isTooMuch(this.#all, memory, waitingBytes)) return undefined;
    this.#all.add(memory);
    if (network !== undefined) this.#byNetwork.set(network, mine);
    mine.add(memory);
    let isUnderWay = true;
    return () => {
      if (!isUnderWay) return;
      isUnderWay = false;
      this.#all.remove(memory);
      mine.remove(memory);
      if (network !== undefined && mine.bytes === 0) this.#byNetwork.delete(network);
    };
  }
}

function isTooMuch(counted: SharedMemory, memory: Memory, limit: number): boolean {
  const more = counted.lacking(memory);
  return more > 0 && counted.bytes > 0 && counted.bytes + more > limit;
}
