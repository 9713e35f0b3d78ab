import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/users.ts';
import { userOf, type Requester } from '../../access/requester.ts';
import type { JoinedSession } from '../room/joined-session.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** The socket behind a member. */
interface MemberSocket {
  readonly connectionId: string;
  send(frame: Frame, messages?: number): void;
  close(code: CloseCode, reason: string): void;
}

/** A session that has joined, as its room sees it. */
export class SessionMember implements JoinedSession {
  readonly clientId: string;
  readonly sessionId: string;
  readonly #socket: MemberSocket;
  #requester: Requester;
  #user: User;
  /** The least one, until the room says what it is. */
  #role: Role = 'viewer';

  constructor(socket: MemberSocket, clientId: string, sessionId: string, requester: Requester) {
    this.#socket = socket;
    this.clientId = clientId;
    this.sessionId = sessionId;
    this.#requester = requester;
    this.#user = userOf(requester);
  }

  get connectionId(): string {
    return this.#socket.connectionId;
  }

  get requester(): Requester {
    return this.#requester;
  }

  get user(): User {
    return this.#user;
  }

  get role(): Role {
    return this.#role;
  }

  become({ user, role, requester }: { user?: User; role?: Role; requester?: Requester }): void {
    this.#requester = requester ?? this.#requester;
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
