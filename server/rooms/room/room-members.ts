import { PERSON_COLORS } from '../../../shared/person-colors.ts';
import { CLOSES, type CloseCode } from '../../../shared/protocol/errors.ts';
import type { User } from '../../../shared/protocol/users.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/requester.ts';
import { FanOut } from './fan-out.ts';
import { encodeMessage } from '../frames/frames.ts';
import type { PresenceBoard } from '../presence/presence-board.ts';
import type { RoomAccess } from './room-access.ts';
import type { JoinedSession } from './joined-session.ts';
import { WallAlarm } from '../../base/wall-alarm.ts';
import type { Frame } from '../frames/wire-frame.ts';

interface Stay {
  readonly member: JoinedSession;
  /** Ends the interest in what the member may do. */
  readonly release: () => void;
}

/** Who is in a room: how each is called, what each may do, and how they hear of it. */
export class RoomMembers {
  readonly #access: RoomAccess;
  readonly #presence: PresenceBoard;
  /** By session id. */
  readonly #stays = new Map<string, Stay>();
  readonly #fanOut = new FanOut(this.#stays);
  /** Rings when the role of somebody ends by itself. */
  readonly #alarm: WallAlarm;

  constructor(access: RoomAccess, presence: PresenceBoard, clock: Clock) {
    this.#access = access;
    this.#presence = presence;
    this.#alarm = new WallAlarm(clock, () => this.reconsider());
  }

  get count(): number {
    return this.#stays.size;
  }

  has(sessionId: string): boolean {
    return this.#stays.has(sessionId);
  }

  /** Takes a member in with the role they have now; an older socket of the same client is closed. */
  enter(member: JoinedSession, { role, until }: RoleNow, release: () => void): void {
    this.#stays.get(member.sessionId)?.member.close(4409, CLOSES[4409].meaning);
    member.become({ role });
    this.#alarm.setFor(until);
    if (member.requester.choseColor !== true) {
      member.become({ user: { ...member.user, color: this.#freeColor(member.user) } });
    }
    this.#stays.set(member.sessionId, { member, release });
    this.#fanOut.joined(member);
    this.#presence.enter(member.sessionId, member.user, member.role);
  }

  /** False where the member is not there any more, because a newer socket of its client took over. */
  leave(member: JoinedSession): boolean {
    const stay = this.#stays.get(member.sessionId);
    if (stay?.member !== member) return false;
    this.#stays.delete(member.sessionId);
    this.#fanOut.left(member);
    stay.release();
    this.#presence.leave(member.sessionId);
    return true;
  }

  /**
   * Sends a frame of so many messages to every member, in a large room over several turns; `frameFor` may give some of them another
   * one, or none. The sessions of `ahead` have theirs at once.
   */
  send(frameFor: (member: JoinedSession) => Frame | undefined, messages: number, ahead: Iterable<string> = []): void {
    this.#fanOut.tell({ frameFor, messages }, ahead);
  }

  /** Shows a user's new name and colour in all their sessions; with `keepsColor` only the name. */
  rename(user: User, keepsColor: boolean): void {
    for (const { member } of this.#stays.values()) {
      if (member.user.id !== user.id) continue;
      member.become({ user: keepsColor ? { ...user, color: member.user.color } : user });
      this.#presence.update(member.sessionId, { user: member.user });
    }
  }

  /** Takes a fresh credential of a member: shows its name and colour, and applies what it makes of their role. */
  renew(member: JoinedSession, requester: Requester): void {
    const { name, color } = requester;
    const user = { ...member.user, name, ...(requester.choseColor === true && { color }) };
    const isShown = user.name === member.user.name && user.color === member.user.color;
    member.become({ requester, user });
    if (!isShown) this.#presence.update(member.sessionId, { user });
    this.#reconsider(member);
  }

  /** Tells everybody whose role is another now, and sends those away who have none. */
  reconsider(): void {
    for (const { member } of [...this.#stays.values()]) this.#reconsider(member);
  }

  /** Closes the sockets of a client; one that is in use after all comes back. */
  dismiss(clientId: string): void {
    for (const { member } of [...this.#stays.values()]) {
      if (member.clientId === clientId) member.close(1012, CLOSES[1012].meaning);
    }
  }

  /** Sends everybody away, and lets go of the timer. */
  close(code: CloseCode): void {
    this.#alarm.cancel();
    for (const { member } of [...this.#stays.values()]) member.close(code, CLOSES[code].meaning);
  }

  #reconsider(member: JoinedSession): void {
    const now = this.#access.roleOf(member.requester);
    if (now === undefined) {
      member.close(4403, CLOSES[4403].meaning);
      return;
    }
    this.#alarm.setFor(now.until);
    const { role } = now;
    if (role === member.role) return;
    member.become({ role });
    member.send(encodeMessage({ type: 'role-update', role }));
    this.#presence.update(member.sessionId, { role });
  }

  /** The colour that a user shows here already, else their own where nobody has it, else one that nobody has. */
  #freeColor(user: User): string {
    const taken = new Set<string>();
    for (const { member } of this.#stays.values()) {
      if (member.user.id === user.id) return member.user.color;
      taken.add(member.user.color);
    }
    if (!taken.has(user.color)) return user.color;
    return PERSON_COLORS.find(({ value }) => !taken.has(value))?.value ?? user.color;
  }
}
