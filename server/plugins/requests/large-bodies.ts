import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import { systemClock } from '../../base/clock.ts';
import type { IncomingBytes } from '../../limits/incoming-bytes.ts';
import type { App } from '../app-deps.ts';

/** Bodies up to this many bytes are not counted; their number is limited by that of connections. */
const SMALL = 65_536;
/** Milliseconds to wait; a large body may have been read by then. */
const RETRY_AFTER = 2000;
/** Milliseconds between two reads of an unwanted body; the longest pause if nothing comes. */
const PAUSE = 10;
const LONGEST_PAUSE = 1000;

/**
 * Limits the bytes of large bodies in transit, in all and from one network, by what their heads announce. A body that comes alone
 * is always accepted, up to the limit of its route. Must come after every other check of the head.
 */
export function bodySpace(app: App, incoming: IncomingBytes): void {
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const { bodyLimit } = request.routeOptions;
    const bytes = bytesToCome(request.headers, bodyLimit);
    // A body over the limit of its route is refused unread.
    if (bytes <= SMALL || bytes > bodyLimit) return done();
    const { network } = request;
    const full = incoming.take(network, bytes);
    if (full === 'network') {
      throw new RefusalError('rate_limited', 'Too much is sent from your network at once', RETRY_AFTER);
    }
    if (full === 'server') {
      throw new RefusalError('unavailable', 'Too much is sent to this server at once', RETRY_AFTER);
    }
    let isHeld = true;
    const release = (): void => {
      if (isHeld) incoming.giveBack(network, bytes);
      isHeld = false;
    };
    reply.raw.once('finish', release).once('close', release);
    done();
  });
}

/** Announced bytes of a body; the limit of the route if no length is given. */
function bytesToCome(
  headers: { readonly 'content-length'?: string | undefined; readonly 'transfer-encoding'?: string | undefined },
  limit: number,
): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : limit;
}

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
