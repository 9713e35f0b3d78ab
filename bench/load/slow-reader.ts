import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../shared/protocol/frame.ts';

/** Opens a document, hears that it has joined, and never reads anything again. Cuts the line when it is called back. */
export async function slowReader(url: string): Promise<() => void> {
  const socket = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false });
  // The server ends it, which is what is wanted.
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'join', clientId: randomBytes(18).toString('base64url') }));
  await once(socket, 'message');
  socket.pause();
  return () => socket.terminate();
}
