import type { Stopwatch } from '../../shared/clock.ts';

/** Bytes after which a reader is asked whether it has them. */
const ASK_AFTER = 65_536;
/** Milliseconds between two questions at least. */
const ASK_EVERY = 250;
/** Milliseconds after which a reader that has not answered is behind at the earliest. */
const BEHIND_AFTER = 100;
/** So many times longer than its last answer took may the next one take. */
const PATIENCE = 2;

/**
 * Tells whether a reader reads, which the system hides: it takes megabytes for a reader that takes nothing. Every ping carries how
 * many bytes were written before it, and its pong says that they were read (RFC 6455 has a pong repeat what the ping said).
 */
export class ReadProgress {
  readonly #clock: Stopwatch;
  readonly #ask: () => void;
  #written = 0;
  #read = 0;
  /** How many were written when the reader was asked last, and when that was. */
  #asked = 0;
  #askedAt = -Infinity;
  /** Milliseconds that the last answer took. */
  #roundTrip = 0;

  /** `ask` pings the reader with `mark`. */
  constructor(clock: Stopwatch, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** What a ping says. */
  get mark(): string {
    return String(this.#written);
  }

  /** The reader owes an answer for too long: nothing more should be written until it comes. */
  get isBehind(): boolean {
    if (this.#asked <= this.#read) return false;
    return this.#clock.monotonic() - this.#askedAt > Math.max(BEHIND_AFTER, PATIENCE * this.#roundTrip);
  }

  /** So many bytes were written. */
  wrote(bytes: number): void {
    this.#written += bytes;
    if (this.#asked > this.#read || this.#written - this.#asked < ASK_AFTER) return;
    const now = this.#clock.monotonic();
    if (now - this.#askedAt < ASK_EVERY) return;
    this.#asked = this.#written;
    this.#askedAt = now;
    this.#ask();
  }

  /** A pong came that says this. */
  answered(mark: string): void {
    const read = Math.min(Number(mark), this.#written);
    if (!(read > this.#read)) return;
    if (this.#read < this.#asked && this.#asked <= read) this.#roundTrip = this.#clock.monotonic() - this.#askedAt;
    this.#read = read;
  }
}
