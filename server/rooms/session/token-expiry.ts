import type { Clock } from '../../../shared/clock.ts';
import type { TokenClaims } from '../../access/requester.ts';
import { WallAlarm } from '../../base/wall-alarm.ts';

export interface TokenExpiryEvents {
  /** The token expires soon, or has expired, and is good for a while yet. */
  warn(expiresAt: number): void;
  /** The token does not count any more. */
  end(): void;
}

/** Keeps an eye on the token of a live session. */
export class TokenExpiry {
  readonly #clock: Clock;
  readonly #warning: number;
  readonly #host: TokenExpiryEvents;
  /** Of the latest token that was warned of. */
  #warnedOf = -Infinity;
  #alarm: WallAlarm | undefined;

  /** `warning` is how many milliseconds before the expiry to warn. */
  constructor(clock: Clock, warning: number, host: TokenExpiryEvents) {
    this.#clock = clock;
    this.#warning = warning;
    this.#host = host;
  }

  /**
   * Watches this token, in place of the one before. One that has not much time left is warned of halfway, and one that lasts no
   * longer than one that was warned of not at all: a client that renews whenever it is warned must not do so without end.
   */
  watch({ expiresAt, countsUntil }: TokenClaims): void {
    this.stop();
    const waitForEnd = (): void => this.#wait(countsUntil, () => this.#host.end());
    if (expiresAt <= this.#warnedOf) return waitForEnd();
    const ahead = Math.min(this.#warning, (expiresAt - this.#clock.now()) / 2);
    this.#wait(expiresAt - ahead, () => {
      this.#warnedOf = expiresAt;
      waitForEnd();
      this.#host.warn(expiresAt);
    });
  }

  stop(): void {
    this.#alarm?.cancel();
  }

  /** Waits for a time in milliseconds since 1970. */
  #wait(until: number, then: () => void): void {
    this.#alarm = new WallAlarm(this.#clock, then);
    this.#alarm.setFor(until);
  }
}
