/** Counts pieces that wait for a reader. Returns the function to call once they have left; undefined if they are too much now. */
export type TakeWaiting = (pieces: readonly Buffer[]) => (() => void) | undefined;

/** A frame that the system has not taken whole. `left` gives its bytes back. */
interface Unsent {
  readonly bytes: number;
  readonly left: () => void;
}

/** Frames that were written to a stream and have not left it, oldest first. Those that have left are given back by `look`. */
export class UnsentFrames {
  readonly #stream: { readonly writableLength: number };
  readonly #frames: Unsent[] = [];
  #bytes = 0;

  constructor(stream: { readonly writableLength: number }) {
    this.#stream = stream;
  }

  /** A frame of `bytes` was just written. `left` is called once, when it has left or the stream has ended. */
  add(bytes: number, left: () => void): void {
    this.#frames.push({ bytes, left });
    this.#bytes += bytes;
  }

  /** Gives back what has left. */
  look(): void {
    if (this.#frames.length === 0) return;
    // Other writes, such as pings, count too: then a frame is given back a little later than it left.
    const unsent = this.#stream.writableLength;
    for (let first = this.#frames[0]; first !== undefined; first = this.#frames[0]) {
      if (unsent > this.#bytes - first.bytes) return;
      this.#giveBack();
    }
  }

  /** The stream has ended. */
  end(): void {
    while (this.#frames.length > 0) this.#giveBack();
  }

  #giveBack(): void {
    const { bytes, left } = this.#frames.shift()!;
    this.#bytes -= bytes;
    left();
  }
}
