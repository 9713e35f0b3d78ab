import type { Clock } from '../../../shared/clock.ts';
import { ProtocolError } from '../../../shared/protocol/frame.ts';
import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Requester } from '../../access/requester.ts';
import { encodeMessage } from '../frames/frames.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Room } from '../room/room.ts';
import type { RoomLimits } from '../services/room-limits.ts';
import type { JoinedSession } from '../room/joined-session.ts';
import { TokenExpiry } from './token-expiry.ts';

/** The session whose credential it is. */
interface CredentialSession {
  /** Whom a token names. Throws RefusalError. */
  verify(token: string): Promise<Requester>;
  send(frame: string): void;
  refuse(error: unknown): void;
  close(code: CloseCode): void;
}

/** The credential of one session: it warns before a token ends, takes a fresh one, and ends the session where none comes. */
export class SessionCredential {
  readonly #session: CredentialSession;
  readonly #watch: TokenExpiry;
  #stay: { readonly room: Room; readonly member: JoinedSession } | undefined;
  #isRenewing = false;

  constructor(
    { clock, limits }: { readonly clock: Clock; readonly limits: Pick<RoomLimits, 'tokenWarning'> },
    session: CredentialSession,
  ) {
    this.#session = session;
    this.#watch = new TokenExpiry(clock, limits.tokenWarning, {
      warn: (expiresAt) => session.send(encodeMessage({ type: 'token-expiring', expiresAt })),
      end: () => session.close(4401),
    });
  }

  /** The session has joined. */
  start(room: Room, member: JoinedSession): void {
    this.#stay = { room, member };
    if (member.requester.token !== undefined) this.#watch.watch(member.requester.token);
  }

  /**
   * Takes a fresh token of the same user. Anything else ends the session, but for keys that cannot be read now. Throws
   * ProtocolError where the token before is still being looked at.
   */
  renew(token: string): void {
    if (this.#isRenewing) throw new ProtocolError('bad_message', 'The token before is still being looked at');
    this.#isRenewing = true;
    void this.#take(token);
  }

  /** The session is over. */
  stop(): void {
    this.#stay = undefined;
    this.#watch.stop();
  }

  async #take(token: string): Promise<void> {
    try {
      const requester = await this.#session.verify(token);
      if (this.#stay === undefined) return;
      const { room, member } = this.#stay;
      if (requester.token === undefined || requester.id !== member.requester.id) {
        throw new RefusalError('unauthenticated', 'The token names somebody else than this session');
      }
      this.#watch.watch(requester.token);
      this.#session.send(encodeMessage({ type: 'authenticated', expiresAt: requester.token.expiresAt }));
      room.renew(member, requester);
    } catch (error) {
      this.#session.refuse(error);
      if (error instanceof RefusalError && error.code === 'unauthenticated') this.#session.close(4401);
    } finally {
      this.#isRenewing = false;
    }
  }
}
