import type { Duplex } from 'node:stream';
import { systemClock } from '../../base/system-clock.ts';

/** Milliseconds that a peer has to take the last answer before its connection is torn down. */
const PATIENCE = 2000;

/**
 * Ends a connection with a last answer. What the peer still sends is dropped, and soon so is the connection, also where the peer
 * reads nothing or never says that it has ended.
 */
export function endWith(socket: Duplex, answer: string): void {
  if (socket.writableEnded) return;
  const cancel = systemClock.after(PATIENCE, () => socket.destroy());
  socket.once('close', cancel);
  socket.end(answer);
  socket.resume();
}
