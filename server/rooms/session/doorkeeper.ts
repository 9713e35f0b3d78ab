import type { JoinMessage } from '../../../shared/protocol/messages.ts';
import type { Viewer } from '../../access/viewer.ts';

/** Judges what a socket brings to show who it is. Throws RefusalError `unauthenticated`, and `unavailable` where it cannot tell. */
export interface Doorkeeper {
  /** Who joins, from what the upgrade knew of them. */
  admit(join: JoinMessage): Viewer | Promise<Viewer>;
  /** Whom a token names. */
  verify(token: string): Promise<Viewer>;
}
