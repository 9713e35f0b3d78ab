import { PERSON_COLORS } from '../../../shared/person-colors.ts';
import { CLOSES, type CloseCode } from '../../../shared/protocol/errors.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/identity.ts';
import { FanOut } from './fan-out.ts';
import { encodeMessage } from '../frames/frames.ts';
import type { RoomAccess } from './room-access.ts';
import type { JoinedSession } from './joined-session.ts';
import { WallAlarm } from '../../base/clock.ts';
import type { Frame } from '../frames/wire-frame.ts';

interface Stay {
  readonly session: JoinedSession;
  /** Called when the session leaves. */
  readonly release: () => void;
}

/** The sessions in a room: how each is called, what each may do, and how they hear of anything. */
export class JoinedSessions {
  readonly #access: RoomAccess;
  readonly #changed: (session: JoinedSession) => void;
  /** By session id. */
  readonly #stays = new Map<string, Stay>();
  readonly #fanOut = new FanOut(this.#stays);
  /** Rings when somebody's role ends by itself. */
  readonly #alarm: WallAlarm;

  /** `changed` is called for a session with a new name, colour or role. */
  constructor(access: RoomAccess, clock: Clock, changed: (session: JoinedSession) => void) {
    this.#access = access;
    this.#changed = changed;
    this.#alarm = new WallAlarm(clock, () => this.reconsider());
  }

  get count(): number {
    return this.#stays.size;
  }

  has(sessionId: string): boolean {
    return this.#stays.has(sessionId);
  }

  get(sessionId: string): JoinedSession | undefined {
    return this.#stays.get(sessionId)?.session;
  }

  *all(): Iterable<JoinedSession> {
    for (const { session } of this.#stays.values()) yield session;
  }

  /** Gives a session that comes in its role and its colour, and closes an older socket of its client. */
  prepare(session: JoinedSession, { role, until }: RoleNow): void {
    this.#stays.get(session.sessionId)?.session.close(4409, CLOSES[4409].meaning);
    session.become({ role });
    this.#alarm.setFor(until);
    if (session.requester.choseColor !== true) {
      session.become({ user: { ...session.user, color: this.#freeColor(session.user) } });
    }
  }

  /** Takes a session in: from now on it hears everything. `release` is called when it leaves. */
  enter(session: JoinedSession, release: () => void): void {
    this.#stays.set(session.sessionId, { session, release });
    this.#fanOut.joined(session);
  }

  /** Ends a session's stay. False if the session is not there any more, because a newer socket of its client took over. */
  leave(session: JoinedSession): boolean {
    const stay = this.#stays.get(session.sessionId);
    if (stay?.session !== session) return false;
    this.#stays.delete(session.sessionId);
    this.#fanOut.left(session);
    stay.release();
    return true;
  }

  /**
   * Sends each session the frame that `frameFor` gives for it, if any; in a large room over several turns. A frame holds `messages`
   * messages. The sessions of `ahead` get theirs at once.
   */
  send(frameFor: (session: JoinedSession) => Frame | undefined, messages: number, ahead: Iterable<string> = []): void {
    this.#fanOut.tell({ frameFor, messages }, ahead);
  }

  /** Gives all sessions of a user the new name and colour; with `keepsColor` only the name. */
  rename(user: User, keepsColor: boolean): void {
    for (const { session } of this.#stays.values()) {
      if (session.user.id !== user.id) continue;
      session.become({ user: keepsColor ? { ...user, color: session.user.color } : user });
      this.#changed(session);
    }
  }

  /** Takes a session's fresh credential: applies its name, its colour and the role that it gives. */
  renew(session: JoinedSession, requester: Requester): void {
    const { name, color } = requester;
    const user = { ...session.user, name, ...(requester.choseColor === true && { color }) };
    const isShown = user.name === session.user.name && user.color === session.user.color;
    session.become({ requester, user });
    if (!isShown) this.#changed(session);
    this.#reconsider(session);
  }

  /** Tells everybody whose role has changed, and closes those who have none any more. */
  reconsider(): void {
    for (const { session } of [...this.#stays.values()]) this.#reconsider(session);
  }

  /** Closes the sockets of a client. One that is in use after all comes back. */
  dismiss(clientId: string): void {
    for (const { session } of [...this.#stays.values()]) {
      if (session.clientId === clientId) session.close(1012, CLOSES[1012].meaning);
    }
  }

  /** Closes everybody, and ends the timer. */
  close(code: CloseCode): void {
    this.#alarm.cancel();
    for (const { session } of [...this.#stays.values()]) session.close(code, CLOSES[code].meaning);
  }

  #reconsider(session: JoinedSession): void {
    const now = this.#access.roleOf(session.requester);
    if (now === undefined) {
      session.close(4403, CLOSES[4403].meaning);
      return;
    }
    this.#alarm.setFor(now.until);
    const { role } = now;
    if (role === session.role) return;
    session.become({ role });
    session.send(encodeMessage({ type: 'role-update', role }));
    this.#changed(session);
  }

  /** The colour that the user shows here already, else their own if nobody has it, else one that nobody has. */
  #freeColor(user: User): string {
    const taken = new Set<string>();
    for (const { session } of this.#stays.values()) {
      if (session.user.id === user.id) return session.user.color;
      taken.add(session.user.color);
    }
    if (!taken.has(user.color)) return user.color;
    return PERSON_COLORS.find(({ value }) => !taken.has(value))?.value ?? user.color;
  }
}
