import type { Clock } from '../../../shared/clock.ts';
import { ProtocolError } from '../../../shared/protocol/frame.ts';
import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Requester, TokenClaims } from '../../access/identity.ts';
import { encodeMessage } from '../frames/frames.ts';
import { RefusalError } from '../../base/refusal.ts';
import { WallAlarm } from '../../base/clock.ts';
import type { RoomLimits } from '../services/room-limits.ts';
import type { Stay } from './join-handshake.ts';

/** What a credential asks of its session, and tells it. */
interface CredentialDeps {
  /** Whom a token names. Throws RefusalError. */
  verify(token: string): Promise<Requester>;
  send(frame: string): void;
  refuse(error: unknown): void;
  close(code: CloseCode): void;
}

/** The credential of one joined session: warns before a token expires, takes a fresh one, ends the session if none comes. */
export class SessionCredential {
  readonly #deps: CredentialDeps;
  readonly #expiry: TokenExpiry;
  #stay: Stay | undefined;
  #isRenewing = false;

  constructor(
    { clock, limits }: { readonly clock: Clock; readonly limits: Pick<RoomLimits, 'tokenWarning'> },
    deps: CredentialDeps,
    stay: Stay,
  ) {
    this.#deps = deps;
    this.#stay = stay;
    this.#expiry = new TokenExpiry(clock, limits.tokenWarning, {
      warn: (expiresAt) => deps.send(encodeMessage({ type: 'token-expiring', expiresAt })),
      end: () => deps.close(4401),
    });
    const { token } = stay.session.requester;
    if (token !== undefined) this.#expiry.watch(token);
  }

  /**
   * Takes a fresh token of the same user. Any other token ends the session; keys that cannot be read now only refuse it. Throws
   * ProtocolError while an earlier token is being verified.
   */
  renew(token: string): void {
    if (this.#isRenewing) throw new ProtocolError('bad_message', 'The token before is still being looked at');
    this.#isRenewing = true;
    void this.#take(token);
  }

  /** The session is over. */
  stop(): void {
    this.#stay = undefined;
    this.#expiry.stop();
  }

  async #take(token: string): Promise<void> {
    try {
      const requester = await this.#deps.verify(token);
      if (this.#stay === undefined) return;
      const { room, session } = this.#stay;
      if (requester.token === undefined || requester.id !== session.requester.id) {
        throw new RefusalError('unauthenticated', 'The token names somebody else than this session');
      }
      this.#expiry.watch(requester.token);
      this.#deps.send(encodeMessage({ type: 'authenticated', expiresAt: requester.token.expiresAt }));
      room.renew(session, requester);
    } catch (error) {
      this.#deps.refuse(error);
      if (error instanceof RefusalError && error.code === 'unauthenticated') this.#deps.close(4401);
    } finally {
      this.#isRenewing = false;
    }
  }
}

export interface TokenExpiryEvents {
  /** The token expires soon, or has expired and is still within its grace. */
  warn(expiresAt: number): void;
  /** The token does not count any more. */
  end(): void;
}

/** The alarms before a token expires and when it stops counting. */
export class TokenExpiry {
  readonly #clock: Clock;
  readonly #warning: number;
  readonly #events: TokenExpiryEvents;
  /** `expiresAt` of the latest token of which was warned. */
  #warnedOf = -Infinity;
  #alarm: WallAlarm | undefined;

  /** Warns `warning` milliseconds before the expiry. */
  constructor(clock: Clock, warning: number, events: TokenExpiryEvents) {
    this.#clock = clock;
    this.#warning = warning;
    this.#events = events;
  }

  /**
   * Watches this token instead of the one before. If less than twice the warning is left, warns halfway. Does not warn of a token
   * that lasts no longer than one of which it has warned: a client that renews at each warning would do so without end.
   */
  watch({ expiresAt, countsUntil }: TokenClaims): void {
    this.stop();
    const waitForEnd = (): void => this.#wait(countsUntil, () => this.#events.end());
    if (expiresAt <= this.#warnedOf) return waitForEnd();
    const ahead = Math.min(this.#warning, (expiresAt - this.#clock.now()) / 2);
    this.#wait(expiresAt - ahead, () => {
      this.#warnedOf = expiresAt;
      waitForEnd();
      this.#events.warn(expiresAt);
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
