/** What may wait for readers. Settings. */
export interface WaitingLimits {
  /** Bytes that are on their way to readers, in all and to one network; what several readers share counts once. */
  readonly waitingBytes: number;
  readonly networkWaitingBytes: number;
}

/** What pieces of bytes stand in: a piece that waits keeps all of it. */
type Memory = ReadonlySet<ArrayBufferLike>;

/** Counts the memory that somebody is being sent something of, each stretch of it once. */
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
 * What is on its way to readers, by HTTP and by sockets: long answers, and frames that the system has not taken; to all of them and to
 * those of each network. It is counted by the memory that it stands in, which readers of the same bytes share. What is alone may
 * always go, however long it is.
 */
export class WaitingBytes {
  readonly #limits: WaitingLimits;
  readonly #all = new SharedMemory();
  readonly #byNetwork = new Map<string, SharedMemory>();

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** Bytes that are under way. */
  get bytes(): number {
    return this.#all.bytes;
  }

  /**
   * Counts pieces of bytes for a reader in a network, or in one that is not counted; to be called back once they have left. Undefined
   * where it is too much now.
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
