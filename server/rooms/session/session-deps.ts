import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import type { Requester } from '../../access/identity.ts';
import type { FrameReader } from '../frames/frame-arena.ts';
import type { Room } from '../room/room.ts';

/** The connection to one client: a WebSocket, or a test in its place. */
export interface ClientConnection extends FrameReader {
  /** Its public name, which log lines and the answer to `join` give. */
  readonly connectionId: string;
  /** Closes it, with a reason of at most 123 bytes. */
  close(code: CloseCode, reason: string): void;
}

/** What a session needs of the server behind it. */
export interface SessionDeps {
  /** Who joins, by the upgrade and the `join`. Throws RefusalError `unauthenticated`, and `unavailable` if it cannot tell. */
  admit(join: JoinMessage): Requester | Promise<Requester>;
  /** Whom a token names. Throws RefusalError as `admit` does. */
  verify(token: string): Promise<Requester>;
  /** The public name of a client on the document. */
  sessionIdOf(clientId: string): string;
  /** The room of the document. Throws RefusalError `not_found`, `unavailable`. */
  open(): Promise<Room>;
}

/** Who somebody is, by what a socket brings. */
export type SocketAuth = Pick<SessionDeps, 'admit' | 'verify'>;
