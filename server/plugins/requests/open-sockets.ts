import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** All connections of a server, also those that became sockets or were refused, which Node does not count as its own. */
export class OpenSockets {
  readonly #sockets = new Set<Socket>();

  /** Counts the connections that come from now on. */
  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Tears down those that are left. */
  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
