import type { Connection } from '../transport/transport.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { ServerReader } from './server-reader.ts';
import type { SubmissionQueue } from './submission-queue.ts';

/** One socket, and the reader of what comes on it. */
export interface Socket {
  readonly connection: Connection;
  readonly reader: ServerReader;
}

interface JoinedSocket extends Socket {
  readonly queue: SubmissionQueue;
}

/** How far a session's connection is. The only place that says whether the session is joined. */
export type Link =
  /** Nothing is tried until a person asks for it. */
  | { readonly kind: 'stopped' }
  /** The next attempt is made when the timer fires. */
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  | ({ readonly kind: 'opening'; readonly cancel: () => void } & Socket)
  /** The socket is open. A token may be fetched first; then the answer to the join is awaited. */
  | ({ readonly kind: 'joining'; readonly cancel: () => void } & Socket)
  /** `since`: milliseconds of `Clock.monotonic`. */
  | ({ readonly kind: 'joined'; readonly heartbeat: Heartbeat; readonly since: number } & JoinedSocket)
  /** The goodbye is said. Nothing is sent any more; what was sent may still be acknowledged. */
  | ({ readonly kind: 'leaving'; readonly cancel: () => void; readonly finish: () => void } & JoinedSocket);

/** The socket's connection, from opening to leaving. */
export function connectionOf(link: Link): Connection | undefined {
  return 'connection' in link ? link.connection : undefined;
}

/** The queue of submissions, once the join is answered. */
export function queueOf(link: Link): SubmissionQueue | undefined {
  return 'queue' in link ? link.queue : undefined;
}

/** Cancels the timers of a link, and its queue. The socket stays as it is. */
export function endLink(link: Link): void {
  if (link.kind === 'joined') {
    link.heartbeat.stop();
    link.queue.close();
  } else if (link.kind !== 'stopped') {
    link.cancel();
  }
}
