import type { CloseCode, ErrorCode } from '../../../shared/protocol/errors.ts';
import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import { seqOf } from '../../../shared/protocol/decode-client-message.ts';
import { RefusalError } from '../../base/refusal.ts';
import { JoinedSession, type SessionSocket } from '../room/joined-session.ts';
import type { Room } from '../room/room.ts';
import type { RoomLimits } from '../services/room-limits.ts';
import type { SessionDeps } from './session-deps.ts';

/** Refusals of a `join` that end the session too. */
const CLOSE_AFTER: Partial<Record<ErrorCode, CloseCode>> = {
  not_found: 4404,
  unauthenticated: 4401,
  rate_limited: 4429,
  internal: 1011,
};

/** A session that has joined, and where. */
export interface Stay {
  readonly room: Room;
  readonly session: JoinedSession;
}

/** A session from its `join` to the answer: messages that come meanwhile wait here. */
export class JoinHandshake {
  readonly #limits: Pick<RoomLimits, 'preJoinBytes' | 'preJoinMessages'>;
  readonly #waiting: unknown[] = [];
  #bytes = 0;

  constructor(limits: Pick<RoomLimits, 'preJoinBytes' | 'preJoinMessages'>) {
    this.#limits = limits;
  }

  /** Messages that came after the `join`, not parsed yet. */
  get waiting(): readonly unknown[] {
    return this.#waiting;
  }

  /** The submissions among them. */
  get waitingSeqs(): readonly number[] {
    return this.#waiting.map(seqOf).filter((seq) => seq !== undefined);
  }

  /** Counts a whole frame that came after the one with the `join`; false if that is too much. */
  charge(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes <= this.#limits.preJoinBytes;
  }

  /** Keeps a message for later; false if too many wait. */
  wait(message: unknown): boolean {
    if (this.#waiting.length >= this.#limits.preJoinMessages) return false;
    this.#waiting.push(message);
    return true;
  }

  /**
   * Joins the room, which sends the answer; does not, if the session is over by then. Throws RefusalError: of `SessionDeps`, of
   * `Room.join`.
   */
  async join(join: JoinMessage, socket: SessionSocket, deps: SessionDeps, isUnderWay: () => boolean): Promise<Stay> {
    const { clientId } = join;
    const requester = await deps.admit(join);
    const room = await deps.open();
    const session = new JoinedSession(socket, { clientId, sessionId: deps.sessionIdOf(clientId), requester });
    await room.join(session, join, isUnderWay);
    return { room, session };
  }
}

/** The code to close a session with whose `join` has failed; undefined if it may try again. */
export function closeAfter(error: unknown): CloseCode | undefined {
  return CLOSE_AFTER[error instanceof RefusalError ? error.code : 'internal'];
}
