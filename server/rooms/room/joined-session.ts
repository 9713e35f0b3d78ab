import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/users.ts';
import type { Requester } from '../../access/requester.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** One client's stay in a room, as the room sees it. */
export interface JoinedSession {
  /** Secret: it never leaves the server but to its owner. */
  readonly clientId: string;
  readonly sessionId: string;
  /** Of the connection that the stay began with. */
  readonly connectionId: string;
  /** Who it is, by the credential. */
  readonly requester: Requester;
  /** How the others see them. */
  readonly user: User;
  readonly role: Role;
  /** Hands over a frame, which holds one message unless told; a reader that is too slow is closed by its session. */
  send(frame: Frame, messages?: number): void;
  /** Shows the member under another name, role or credential from now on. */
  become(fields: { user?: User; role?: Role; requester?: Requester }): void;
  /** Ends the stay; the member leaves the room at once. */
  close(code: CloseCode, reason: string): void;
}
