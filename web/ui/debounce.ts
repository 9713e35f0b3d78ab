import type { Clock } from '../../shared/clock.ts';

/** Calls `tell` once nothing has changed for a while; if changes never pause, every once in a while. */
export class Debounce {
  readonly #clock: Clock;
  readonly #wait: number;
  readonly #atMost: number;
  readonly #tell: () => void;
  /** When the first change came that `tell` was not called for yet. */
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  /** `wait`: milliseconds without a change; `atMost`: milliseconds after the first change when `tell` is called in any case. */
  constructor(clock: Clock, wait: number, atMost: number, tell: () => void) {
    this.#clock = clock;
    this.#wait = wait;
    this.#atMost = atMost;
    this.#tell = tell;
  }

  changed(): void {
    const now = this.#clock.monotonic();
    this.#since ??= now;
    this.#cancel?.();
    this.#cancel = this.#clock.after(Math.max(0, Math.min(this.#wait, this.#since + this.#atMost - now)), () => {
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
