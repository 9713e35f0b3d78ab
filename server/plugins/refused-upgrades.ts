import type { App } from '../parts.ts';

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
