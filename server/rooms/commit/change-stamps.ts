import type { Clock } from '../../../shared/clock.ts';

/** Where the machine's time is behind, the first stamp is up to so many milliseconds late by chance. */
const SPREAD = 1000;
/** The part of real time by which stamps go on until the machine's time has caught up with them. */
const PACE = 0.5;

/**
 * Tells when the changes of a document are committed: by the machine's time, and never back (rule V2). Where that time was set
 * back, stamps do not stand still: the same number and stamp twice, before and after a restored backup, would be one name for two
 * versions (rule V3).
 */
export class ChangeStamps {
  readonly #clock: Clock;
  /** When the newest version was adopted, or a little earlier. */
  #since: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.monotonic() - (Math.random() * SPREAD) / PACE;
  }

  /** The stamp of a change that is committed now, after a version with this one. Milliseconds since 1970. */
  after(timestamp: number): number {
    const now = this.#clock.now();
    if (now >= timestamp) return now;
    return timestamp + Math.floor((this.#clock.monotonic() - this.#since) * PACE);
  }

  /** A newer version was adopted. */
  adopted(): void {
    this.#since = this.#clock.monotonic();
  }
}
