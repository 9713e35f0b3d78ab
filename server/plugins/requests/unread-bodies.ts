import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { App } from '../app-deps.ts';
import type { Slices } from '../../base/slices.ts';
import { systemClock } from '../../base/system-clock.ts';

/** Milliseconds between two reads of an unwanted body; the longest pause if nothing comes. */
const PAUSE = 10;
const LONGEST_PAUSE = 1000;

/**
 * Reads and drops bodies of requests that were answered before their body had come: a client that is disconnected while it sends
 * seldom gets the answer. Node would read up to 2 MiB of each per turn of the event loop; here they share its slices. The request
 * timeout limits how long this goes on.
 */
export function dropUnreadBodies(app: App, slices: Slices): void {
  const drop = async (request: IncomingMessage, socket: Socket): Promise<void> => {
    // Node begins to read it in this turn, after everybody was told that it is answered.
    await new Promise((resolve) => void setImmediate(resolve));
    let pause = PAUSE;
    while (!request.complete && !socket.destroyed) {
      const before = socket.bytesRead;
      socket.pause();
      await new Promise<void>((resolve) => void systemClock.after(pause, resolve));
      await slices.next();
      socket.resume();
      // A slice is a `setImmediate` callback too; Node reads between two rounds of them.
      await new Promise((resolve) => void setImmediate(resolve));
      pause = socket.bytesRead > before ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    }
  };

  app.addHook('onResponse', ({ raw }, _reply, done) => {
    const { socket } = raw;
    // Injected requests have no connection, and that of an upgrade no longer belongs to Node's HTTP server.
    if (socket instanceof Socket && raw.headers.upgrade === undefined) void drop(raw, socket);
    done();
  });
}
