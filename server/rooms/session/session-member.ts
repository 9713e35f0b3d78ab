import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Role, User } from '../../../shared/protocol/messages.ts';
import { userOf, type Viewer } from '../../access/viewer.ts';
import type { RoomMember } from '../room/room-member.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** The socket behind a member. */
interface MemberSocket {
  readonly connectionId: string;
  send(frame: Frame, messages?: number): void;
  close(code: CloseCode, reason: string): void;
}

/** A session that has joined, as its room sees it. */
export class SessionMember implements RoomMember {
  readonly clientId: string;
  readonly sessionId: string;
  readonly #socket: MemberSocket;
  #viewer: Viewer;
  #user: User;
  /** The least one, until the room says what it is. */
  #role: Role = 'viewer';

  constructor(socket: MemberSocket, clientId: string, sessionId: string, viewer: Viewer) {
    this.#socket = socket;
    this.clientId = clientId;
    this.sessionId = sessionId;
    this.#viewer = viewer;
    this.#user = userOf(viewer);
  }

  get connectionId(): string {
    return this.#socket.connectionId;
  }

  get viewer(): Viewer {
    return this.#viewer;
  }

  get user(): User {
    return this.#user;
  }

  get role(): Role {
    return this.#role;
  }

  become({ user, role, viewer }: { user?: User; role?: Role; viewer?: Viewer }): void {
    this.#viewer = viewer ?? this.#viewer;
    this.#user = user ?? this.#user;
    this.#role = role ?? this.#role;
  }

  send(frame: Frame, messages?: number): void {
    this.#socket.send(frame, messages);
  }

  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason);
  }
}
