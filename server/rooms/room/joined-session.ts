import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import { userOf, type Requester } from '../../access/identity.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** The way out to the client of a session. */
export interface SessionSocket {
  readonly connectionId: string;
  send(frame: Frame, messages?: number): void;
  close(code: CloseCode, reason: string): void;
}

/** What is known of a session before it joins. */
export interface JoiningSession {
  readonly clientId: string;
  readonly sessionId: string;
  readonly requester: Requester;
}

/** One client's stay in a room. */
export class JoinedSession {
  /** Secret: the server tells it to nobody but its owner. */
  readonly clientId: string;
  /** The public name of the client on this document. */
  readonly sessionId: string;
  readonly #socket: SessionSocket;
  #requester: Requester;
  #user: User;
  /** The lowest one, until the room says what it is. */
  #role: Role = 'viewer';

  constructor(socket: SessionSocket, { clientId, sessionId, requester }: JoiningSession) {
    this.#socket = socket;
    this.clientId = clientId;
    this.sessionId = sessionId;
    this.#requester = requester;
    this.#user = userOf(requester);
  }

  get connectionId(): string {
    return this.#socket.connectionId;
  }

  /** Who it is, by the newest credential. */
  get requester(): Requester {
    return this.#requester;
  }

  /** How the others see them. */
  get user(): User {
    return this.#user;
  }

  get role(): Role {
    return this.#role;
  }

  /** Gives the session another name, role or credential from now on. */
  become({ user, role, requester }: { user?: User; role?: Role; requester?: Requester }): void {
    this.#requester = requester ?? this.#requester;
    this.#user = user ?? this.#user;
    this.#role = role ?? this.#role;
  }

  /** Sends a frame, which holds one message unless told otherwise. A session whose reader is too slow ends. */
  send(frame: Frame, messages?: number): void {
    this.#socket.send(frame, messages);
  }

  /** Ends the session, which leaves the room at once. */
  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason);
  }
}
