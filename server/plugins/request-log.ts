import type { App } from '../parts.ts';

/**
 * One line per answered request at level `info`. It names the route, not the URL: what stands after `?` and in headers and
 * bodies is nobody's business.
 */
export function requestLog(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { id: documentId } = (request.params ?? {}) as { id?: string };
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      documentId,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
    done();
  });
}
