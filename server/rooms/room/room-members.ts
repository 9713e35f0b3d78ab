import { PERSON_COLORS } from '../../../shared/person-colors.ts';
import { CLOSES, type CloseCode } from '../../../shared/protocol/errors.ts';
import type { User } from '../../../shared/protocol/messages.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/requester.ts';
import { FanOut } from './fan-out.ts';
import { encodeMessage } from '../frames/frames.ts';
import type { RoomAccess } from './room-access.ts';
import type { JoinedSession } from './joined-session.ts';
import { WallAlarm } from '../../base/wall-alarm.ts';
import type { Frame } from '../frames/wire-frame.ts';

interface Stay {
  readonly member: JoinedSession;
  /** Lets go of what is known of the member's access. */
  readonly release: () => void;
}

/** The sessions in a room: how each is called, what each may do, and how they hear of anything. */
export class RoomMembers {
  readonly #access: RoomAccess;
  readonly #changed: (member: JoinedSession) => void;
  /** By session id. */
  readonly #stays = new Map<string, Stay>();
  readonly #fanOut = new FanOut(this.#stays);
  /** Rings when somebody's role ends by itself. */
  readonly #alarm: WallAlarm;

  /** `changed` is called for a member with a new name, colour or role. */
  constructor(access: RoomAccess, clock: Clock, changed: (member: JoinedSession) => void) {
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

  /** Takes a member in with the role they have now. An older socket of the same client is closed. */
  enter(member: JoinedSession, { role, until }: RoleNow, release: () => void): void {
    this.#stays.get(member.sessionId)?.member.close(4409, CLOSES[4409].meaning);
    member.become({ role });
    this.#alarm.setFor(until);
    if (member.requester.choseColor !== true) {
      member.become({ user: { ...member.user, color: this.#freeColor(member.user) } });
    }
    this.#stays.set(member.sessionId, { member, release });
    this.#fanOut.joined(member);
  }

  /** Ends a member's stay. False if the member is not there any more, because a newer socket of its client took over. */
  leave(member: JoinedSession): boolean {
    const stay = this.#stays.get(member.sessionId);
    if (stay?.member !== member) return false;
    this.#stays.delete(member.sessionId);
    this.#fanOut.left(member);
    stay.release();
    return true;
  }

  /**
   * Sends each member the frame that `frameFor` gives for it, if any; in a large room over several turns. A frame holds `messages`
   * messages. The sessions of `ahead` get theirs at once.
   */
  send(frameFor: (member: JoinedSession) => Frame | undefined, messages: number, ahead: Iterable<string> = []): void {
    this.#fanOut.tell({ frameFor, messages }, ahead);
  }

  /** Gives all sessions of a user the new name and colour; with `keepsColor` only the name. */
  rename(user: User, keepsColor: boolean): void {
    for (const { member } of this.#stays.values()) {
      if (member.user.id !== user.id) continue;
      member.become({ user: keepsColor ? { ...user, color: member.user.color } : user });
      this.#changed(member);
    }
  }

  /** Takes a member's fresh credential: applies its name, its colour and the role that it gives. */
  renew(member: JoinedSession, requester: Requester): void {
    const { name, color } = requester;
    const user = { ...member.user, name, ...(requester.choseColor === true && { color }) };
    const isShown = user.name === member.user.name && user.color === member.user.color;
    member.become({ requester, user });
    if (!isShown) this.#changed(member);
    this.#reconsider(member);
  }

  /** Tells everybody whose role has changed, and closes those who have none any more. */
  reconsider(): void {
    for (const { member } of [...this.#stays.values()]) this.#reconsider(member);
  }

  /** Closes the sockets of a client. One that is in use after all comes back. */
  dismiss(clientId: string): void {
    for (const { member } of [...this.#stays.values()]) {
      if (member.clientId === clientId) member.close(1012, CLOSES[1012].meaning);
    }
  }

  /** Closes everybody, and ends the timer. */
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
    this.#changed(member);
  }

  /** The colour that the user shows here already, else their own if nobody has it, else one that nobody has. */
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
