/** What may wait for readers. Settings. */
export interface WaitingLimits {
  /** Bytes of long answers that are under way, in all and for one network; what several readers share counts once. */
  readonly waitingBytes: number;
  readonly networkWaitingBytes: number;
}

/** Counts the distinct pieces that somebody is being sent. */
class Pieces {
  readonly #readers = new Map<Buffer, number>();
  bytes = 0;

  /** Bytes that these would add. */
  lacking(pieces: readonly Buffer[]): number {
    return pieces.reduce((sum, piece) => (this.#readers.has(piece) ? sum : sum + piece.length), 0);
  }

  add(pieces: readonly Buffer[]): void {
    this.bytes += this.lacking(pieces);
    for (const piece of pieces) this.#readers.set(piece, (this.#readers.get(piece) ?? 0) + 1);
  }

  remove(pieces: readonly Buffer[]): void {
    for (const piece of pieces) {
      const left = this.#readers.get(piece)! - 1;
      if (left > 0) this.#readers.set(piece, left);
      else {
        this.#readers.delete(piece);
        this.bytes -= piece.length;
      }
    }
  }
}

/**
 * The long answers that are under way over HTTP, to all readers and to those of each network. One that is alone may always go, however
 * long it is.
 */
export class WaitingBytes {
  readonly #limits: WaitingLimits;
  readonly #all = new Pieces();
  readonly #byNetwork = new Map<string, Pieces>();

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** Bytes that are under way. */
  get bytes(): number {
    return this.#all.bytes;
  }

  /**
   * Counts an answer in pieces to a reader in a network, or in one that is not counted; to be called back once it has left. Undefined
   * where it is too much now.
   */
  take(pieces: readonly Buffer[], network: string | undefined): (() => void) | undefined {
    const { waitingBytes, networkWaitingBytes } = this.#limits;
    const mine = (network === undefined ? undefined : this.#byNetwork.get(network)) ?? new Pieces();
    if (isTooMuch(mine, pieces, networkWaitingBytes) || isTooMuch(this.#all, pieces, waitingBytes)) return undefined;
    this.#all.add(pieces);
    if (network !== undefined) this.#byNetwork.set(network, mine);
    mine.add(pieces);
    let isUnderWay = true;
    return () => {
      if (!isUnderWay) return;
      isUnderWay = false;
      this.#all.remove(pieces);
      mine.remove(pieces);
      if (network !== undefined && mine.bytes === 0) this.#byNetwork.delete(network);
    };
  }
}

function isTooMuch(counted: Pieces, pieces: readonly Buffer[], limit: number): boolean {
  const more = counted.lacking(pieces);
  return more > 0 && counted.bytes > 0 && counted.bytes + more > limit;
}
