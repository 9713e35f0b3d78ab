import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { App, AppDeps } from '../app-deps.ts';
import { every } from '../../base/background-jobs.ts';
import { RefusalError } from '../../base/refusal.ts';
import { HttpReader } from '../../limits/http-reader.ts';

/** Milliseconds between two checks of all readers. */
const LOOK_EVERY = 1000;
/** Milliseconds to wait; other connections may have their answers by then. */
const RETRY_AFTER = 1000;

/**
 * Limits what waits for HTTP readers: how many connections wait for answers, in all and from one network; how many answers each of
 * them waits for, which are made one after the other; and how long a reader may read little or nothing. Document sockets have
 * limits of their own.
 */
export function httpReaders(
  app: App,
  { config, clock, rooms, jobs }: Pick<AppDeps, 'config' | 'clock' | 'rooms' | 'jobs'>,
): void {
  const { http } = config;
  const upgrades = new WeakSet<IncomingMessage>();
  app.server.prependListener('upgrade', (request) => upgrades.add(request));
  const readers = new Map<Socket, HttpReader>();
  const byNetwork = new Map<string, number>();

  const count = ({ network }: HttpReader, more: 1 | -1): void => {
    if (network === undefined) return;
    const left = (byNetwork.get(network) ?? 0) + more;
    if (left === 0) byNetwork.delete(network);
    else byNetwork.set(network, left);
  };
  const forget = (reader: HttpReader): void => {
    if (readers.delete(reader.socket)) count(reader, -1);
  };

  const look = (): void => {
    const endIfSlow = (reader: HttpReader): void => {
      if (!reader.isTooSlow(clock.monotonic(), http)) return;
      rooms.counters.slowHttpReaders += 1;
      forget(reader);
      // After a plain close the system would keep its buffers for this reader, megabytes, until it gives up too.
      reader.socket.resetAndDestroy();
    };
    void jobs.run('http-readers', () => every(readers.values(), endIfSlow));
    cancel = clock.after(LOOK_EVERY, look);
  };
  let cancel = clock.after(LOOK_EVERY, look);
  app.addHook('onClose', async () => cancel());

  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    // Injected requests of tests have no connection.
    if (!(socket instanceof Socket) || upgrades.has(request.raw)) return done();
    let reader = readers.get(socket);
    const isNew = reader === undefined;
    reader ??= new HttpReader(socket, request.network);
    if (isNew) {
      const { network } = reader;
      const ofNetwork = network === undefined ? 0 : (byNetwork.get(network) ?? 0);
      if (ofNetwork >= http.networkReaders || readers.size >= http.readers) {
        reply.header('Connection', 'close');
        if (readers.size < http.readers) {
          throw new RefusalError('rate_limited', 'Too many connections of your network wait for answers', RETRY_AFTER);
        }
        throw new RefusalError('unavailable', 'Too many connections wait for answers', RETRY_AFTER);
      }
      readers.set(socket, reader);
      count(reader, 1);
    }
    const ours = reader;
    const earlier = ours.newest;
    ours.asked(reply.raw);
    if (ours.unanswered > http.pipelined) {
      reply.hijack();
      forget(ours);
      socket.destroy();
      return;
    }
    reply.raw.once('close', () => {
      ours.answered();
      // A connection that ended gets no further answers.
      if (ours.unanswered === 0 || socket.destroyed) forget(ours);
    });
    if (earlier === undefined) return done();
    earlier.once('close', () => {
      if (socket.destroyed) reply.hijack();
      else done();
    });
  });
}
