import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { App } from '../app-deps.ts';
import type { Slices } from '../../base/slices.ts';
import { systemClock } from '../../base/system-clock.ts';

/** Milliseconds between two reads of a body that nobody wants, and of one that does not come. */
const PAUSE = 10;
const LONGEST_PAUSE = 1000;

/**
 * Reads bodies of requests that were answered before they had come, and drops them: a sender that is hung up on while it sends seldom
 * hears the answer. Node would read up to 2 MiB of each of them in every turn of the event loop; here they share its slices. How long
 * one may go on is bounded by the time that a request may take.
 */
export function dropUnreadBodies(app: App, slices: Slices): void {
  const drop = async (request: IncomingMessage, socket: Socket): Promise<void> => {
    // Node begins to read it in this very turn, once everybody has been told that it is answered.
    await new Promise((resolve) => void setImmediate(resolve));
    let pause = PAUSE;
    while (!request.complete && !socket.destroyed) {
      const before = socket.bytesRead;
      socket.pause();
      await new Promise<void>((resolve) => void systemClock.after(pause, resolve));
      await slices.next();
      socket.resume();
      // A slice is such a callback too, and reading comes between two rounds of them.
      await new Promise((resolve) => void setImmediate(resolve));
      pause = socket.bytesRead > before ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    }
  };

  app.addHook('onResponse', ({ raw }, _reply, done) => {
    const { socket } = raw;
    // What a test injects has no connection, and that of an upgrade is not Node's any more.
    if (socket instanceof Socket && raw.headers.upgrade === undefined) void drop(raw, socket);
    done();
  });
}
