import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import { platformClock } from '../../../shared/client/transport/platform.ts';
import { nextWordsIn } from './status-words.ts';

/** Saving is shown once it takes longer than this, in milliseconds. */
const SAVING_SHOWS = 300;

/**
 * The status as it is shown: "Saving…" only if it takes a while, so that the line is calm while somebody types; and the time, which
 * counts down to the next attempt.
 */
export class ShownStatus {
  #status = $state.raw<SessionStatus>({ kind: 'connecting' });
  #now = $state(platformClock.monotonic());
  #pending: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;

  get status(): SessionStatus {
    return this.#status;
  }

  /** Milliseconds of `Clock.monotonic`. */
  get now(): number {
    return this.#now;
  }

  /** Takes the newest status. */
  show(status: SessionStatus): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    const isQuiet = this.#status.kind === 'live' || this.#status.kind === 'saved';
    if (status.kind === 'saving' && isQuiet) {
      this.#savingSince ??= platformClock.monotonic();
      const left = this.#savingSince + SAVING_SHOWS - platformClock.monotonic();
      if (left > 0) this.#pending = setTimeout(() => this.#set(status), left);
      else this.#set(status);
    } else {
      this.#set(status);
    }
  }

  stop(): void {
    clearTimeout(this.#pending);
    clearTimeout(this.#ticking);
  }

  #savingSince: number | undefined;

  #set(status: SessionStatus): void {
    this.#savingSince = undefined;
    this.#status = status;
    this.#tick();
  }

  #tick(): void {
    clearTimeout(this.#ticking);
    this.#now = platformClock.monotonic();
    const wait = nextWordsIn(this.#status, this.#now);
    if (wait !== undefined) this.#ticking = setTimeout(() => this.#tick(), wait);
  }
}
