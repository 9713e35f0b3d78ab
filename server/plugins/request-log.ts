import type { App } from './app-deps.ts';

/**
 * Logs one line per answered request at level `info`. Of the address it contains only the route and the document that was found: a
 * mail program may have put the secret of a share link into the path. Queries, headers and bodies are not logged.
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
