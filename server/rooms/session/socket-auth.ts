import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import type { Requester } from '../../access/requester.ts';

/** Judges what a socket brings to show who it is. Throws RefusalError `unauthenticated`, and `unavailable` where it cannot tell. */
export interface SocketAuth {
  /** Who joins, from what the upgrade knew of them. */
  admit(join: JoinMessage): Requester | Promise<Requester>;
  /** Whom a token names. */
  verify(token: string): Promise<Requester>;
}
