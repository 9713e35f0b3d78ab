import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** The way out to one client; a WebSocket, or what a test puts in its place. */
export interface ClientConnection {
  /** The public name of the connection, as log lines and the answer to `join` give it. */
  readonly connectionId: string;
  /** Queues a frame that holds so many messages. */
  send(frame: Frame, messages: number): void;
  /** Says goodbye with a code and a reason of at most 123 bytes. */
  close(code: CloseCode, reason: string): void;
  /** Bytes that were sent and have not left yet. */
  readonly queuedBytes: number;
}
