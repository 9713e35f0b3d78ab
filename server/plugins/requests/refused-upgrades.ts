import type { Duplex } from 'node:stream';
import type { App } from '../app-deps.ts';
import { systemClock } from '../../base/system-clock.ts';

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
