import type { Stopwatch } from '../../shared/clock.ts';

/** Bytes after which a reader is asked whether it has them. */
const ASK_AFTER = 65_536;
/** Least milliseconds between two questions. */
const ASK_EVERY = 250;
/** A reader is not behind within this many milliseconds of a question. */
const BEHIND_AFTER = 100;
/** An answer may take this many times as long as the last one. */
const PATIENCE = 2;

/**
 * Tells whether a reader keeps up. The system hides that: it buffers megabytes for a reader that reads nothing. Every ping carries
 * the number of bytes written before it; its pong repeats the number (RFC 6455), and so says that they were read.
 */
export class ReadProgress {
  readonly #clock: Stopwatch;
  readonly #ask: () => void;
  #written = 0;
  #read = 0;
  /** Bytes written when the reader was asked last, and when that was, in monotonic milliseconds. */
  #asked = 0;
  #askedAt = -Infinity;
  /** Milliseconds that the last answer took. */
  #roundTrip = 0;

  /** `ask` pings the reader with `mark`. */
  constructor(clock: Stopwatch, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Payload of a ping. */
  get mark(): string {
    return String(this.#written);
  }

  /** Whether an answer is overdue. Nothing more should be written until it comes. */
  get isBehind(): boolean {
    if (this.#asked <= this.#read) return false;
    return this.#clock.monotonic() - this.#askedAt > Math.max(BEHIND_AFTER, PATIENCE * this.#roundTrip);
  }

  /** `bytes` were written. */
  wrote(bytes: number): void {
    this.#written += bytes;
    if (this.#asked > this.#read || this.#written - this.#asked < ASK_AFTER) return;
    const now = this.#clock.monotonic();
    if (now - this.#askedAt < ASK_EVERY) return;
    this.#asked = this.#written;
    this.#askedAt = now;
    this.#ask();
  }

  /** A pong with this payload came. */
  answered(mark: string): void {
    const read = Math.min(Number(mark), this.#written);
    if (!(read > this.#read)) return;
    if (this.#read < this.#asked && this.#asked <= read) this.#roundTrip = this.#clock.monotonic() - this.#askedAt;
    this.#read = read;
  }
}
