/** Unsigned LEB128: seven bits per byte, the lowest first; the eighth bit says that more bytes follow. */
const BASE = 128;

/** Writes LEB128 varints and blocks of bytes, one after the other. */
export class ColumnWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** An integer from 0 to 2^53 - 1. */
  number(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow(8);
    let rest = value;
    while (rest >= BASE) {
      this.#bytes[this.#length++] = BASE + (rest % BASE);
      rest = Math.floor(rest / BASE);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** An integer that may be negative, in zigzag encoding: small ones of either sign stay short. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Bytes, preceded by their count. */
  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Reads what a ColumnWriter wrote. Throws RangeError beyond the end. */
export class ColumnReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#position === this.#bytes.length;
  }

  number(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw new RangeError('A column ends early');
      if (byte < BASE) return value + byte * scale;
      value += (byte - BASE) * scale;
      scale *= BASE;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  block(): Uint8Array {
    const length = this.number();
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError('A column ends early');
    const bytes = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return bytes;
  }
}
