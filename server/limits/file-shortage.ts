import type { Stopwatch } from '../../shared/clock.ts';
import type { Logger } from '../base/logger.ts';

/** Milliseconds from one line in the log to the next, however often it happens. */
const TOLD_EVERY = 60_000;
/** Milliseconds for which it must go on to count as lasting; after as many without it is over. */
const LASTING = 10_000;

/** Notes that a connection could not be taken, or a file not opened, because as many are open as may be. */
export class FileShortage {
  readonly #clock: Stopwatch;
  readonly #logger: Logger;
  /** Monotonic milliseconds of the first and the newest of those that go on now, and of the newest line. */
  #began = -Infinity;
  #newest = -Infinity;
  #toldAt = -Infinity;
  #untold = 0;

  constructor({ clock, logger }: { readonly clock: Stopwatch; readonly logger: Logger }) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** It happened; `cause` is a code of the system, or undefined where a limit of ours acted first. */
  noticed(cause?: string): void {
    const now = this.#clock.monotonic();
    if (now - this.#newest > LASTING) this.#began = now;
    this.#newest = now;
    this.#untold += 1;
    if (now - this.#toldAt < TOLD_EVERY) return;
    this.#logger.warn(
      { times: this.#untold, cause },
      'As many connections and files are open as may be, others are refused: see WEFT_MAX_CONNECTIONS and ulimit -n',
    );
    this.#toldAt = now;
    this.#untold = 0;
  }

  /** It has gone on for ten seconds, and does so still. */
  get isLasting(): boolean {
    const now = this.#clock.monotonic();
    return now - this.#newest <= LASTING && now - this.#began >= LASTING;
  }
}
