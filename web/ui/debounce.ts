import type { Clock } from '../../shared/clock.ts';

/** Tells when something that keeps changing has come to rest; where it never does, every once in a while. */
export class Debounce {
  readonly #clock: Clock;
  readonly #rests: number;
  readonly #atLatest: number;
  readonly #tell: () => void;
  /** When the first change came that was not told yet. */
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  /** It rests when it has not changed for `rests`; `atLatest` after a change is told in any case. Milliseconds. */
  constructor(clock: Clock, rests: number, atLatest: number, tell: () => void) {
    this.#clock = clock;
    this.#rests = rests;
    this.#atLatest = atLatest;
    this.#tell = tell;
  }

  changed(): void {
    const now = this.#clock.monotonic();
    this.#since ??= now;
    this.#cancel?.();
    this.#cancel = this.#clock.after(Math.max(0, Math.min(this.#rests, this.#since + this.#atLatest - now)), () => {
      this.stop();
      this.#tell();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#since = undefined;
  }
}
