/** What the engine needs of its platform. Browsers, Node and tests each give their own. */
import type { Problem } from '../events/session-status.ts';

export type { Clock } from '../../clock.ts';

/** One open or opening connection to a document. */
export interface Connection {
  /** Queues a text frame. Ignored once closed. */
  send(frame: string): void;
  /** Closes it; `onClose` still follows, once. */
  close(code?: number, reason?: string): void;
  /** Bytes that were queued and are not on the network yet, if that is known: a slow upload is not a dead connection. */
  readonly unsentBytes?: number;
}

/** All are called later, never from within `connect`. */
export interface ConnectionHandlers {
  onOpen(): void;
  onFrame(frame: string): void;
  /**
   * Called exactly once, even if the connection never opened (1006 then, as in browsers). `problem`: why the server did not let it
   * open, if that is known and the code does not say it.
   */
  onClose(code: number, reason: string, problem?: Problem): void;
}

/** Opens connections to one document. */
export interface Transport {
  connect(handlers: ConnectionHandlers): Connection;
}

/** A number in [0, 1). */
export type Random = () => number;

/** What becomes of the page that the session runs in, and of its network. */
export interface PageLifecycle {
  /** False if the browser knows that there is no network. */
  readonly isOnline: boolean;
  /** Calls back when connecting is worth a try at once: online again, tab visible again. Returns the function that ends it. */
  onWake(callback: () => void): () => void;
  /** Calls back when the network goes. Returns the function that ends it. */
  onOffline?(callback: () => void): () => void;
  /** Calls back when this may be the last chance to keep something: the page is hidden. */
  onSleep?(callback: () => void): () => void;
  /** Calls back when the page is left: it is gone then, or frozen until it is shown again. Returns the function that ends it. */
  onLeave?(callback: () => void): () => void;
}
