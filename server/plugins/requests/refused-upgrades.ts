import type { Duplex } from 'node:stream';
import type { App } from '../app-deps.ts';
import { systemClock } from '../../base/system-clock.ts';

/**
 * Closes the connection of an upgrade that was answered by HTTP; nobody else owns it any more. The answer says so, because a proxy
 * would else send the next request on it, perhaps somebody else's, and hear of a broken line.
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
 * Drops an upgrade that has become no socket after so many milliseconds, and was not refused either: one whose body never comes,
 * one behind answers that nobody reads. Node does not watch over a connection any more from the upgrade on.
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
