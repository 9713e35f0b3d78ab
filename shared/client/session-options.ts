import type { Outbox } from './outbox/outbox.ts';
import type { Introduction } from './connection/session-connection.ts';
import type { Clock, Random, PageLifecycle, Transport } from './transport/transport.ts';

/** What a document session is made of: a transport, who joins, and what stands in for the platform. */
export interface DocumentSessionOptions extends Introduction {
  transport: Transport;
  /** These three default to the platform's; `surroundings` to being always online. */
  clock?: Clock;
  random?: Random;
  pageLifecycle?: PageLifecycle;
  /** A secret of 22 or more base64url characters; fresh by default. Where an outbox is given, it decides. */
  clientId?: string;
  /** Keeps unsent edits across crashes; none by default. */
  outbox?: Outbox;
}
