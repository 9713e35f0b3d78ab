import type { App } from './app-deps.ts';

/**
 * One line per answered request at level `info`. It names the route and a document that was found, and nothing else of the
 * address: a mail program may have put the secret of a share link into its path, and what stands after `?` and in headers and
 * bodies is nobody's business either.
 */
export function requestLog(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      documentId: request.visibleDocument?.document.id,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
    done();
  });
}
