import type { Duplex } from 'node:stream';
import { systemClock } from '../../base/clock.ts';
import { isOutOfFiles } from '../../limits/open-files.ts';
import type { App, AppDeps } from '../app-deps.ts';

/**
 * Limits how many connections are open, and notes what is refused because the process is full: connections beyond the limit,
 * connections for which the system has no file, and answers that need one. None of these is an error of the server, and none ends it.
 */
export function connectionLimit(
  app: App,
  { config, shortage, rooms, logger }: Pick<AppDeps, 'config' | 'shortage' | 'rooms' | 'logger'>,
): void {
  app.server.maxConnections = config.http.connections;
  app.server.on('drop', () => {
    rooms.counters.droppedConnections += 1;
    shortage.noticed();
  });
  app.server.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever starts the server reports what keeps it from listening.
    if (!app.server.listening) return;
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    else logger.error({ err: error }, 'A connection could not be taken');
  });
  app.addHook('onError', (_request, _reply, error, done) => {
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    done();
  });
}

/**
 * Closes the connection of an upgrade that was answered by HTTP; nobody else owns it. The answer says `Connection: close`, because
 * a proxy would otherwise reuse it for the next request, perhaps somebody else's.
 */
export function refusedUpgrades(app: App): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.headers.upgrade !== undefined) reply.header('Connection', 'close');
    done(null, payload);
  });
  app.addHook('onResponse', (request, _reply, done) => {
    if (request.headers.upgrade !== undefined) request.raw.socket.destroySoon();
    done();
  });
}

/**
 * Destroys the connection of an upgrade that was neither accepted nor refused within `milliseconds`, because its body never comes,
 * or because answers before it are not read. Node's own timeouts end with the upgrade.
 */
export function upgradeDeadline(app: App, milliseconds: number): void {
  const deadlines = new WeakMap<Duplex, () => void>();
  app.server.prependListener('upgrade', (_request, socket) => {
    const cancel = systemClock.after(milliseconds, () => socket.destroy());
    deadlines.set(socket, cancel);
    socket.once('close', cancel);
  });
  app.websocketServer.on('connection', (_socket, request) => deadlines.get(request.socket)?.());
}
