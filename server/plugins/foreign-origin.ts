import type { FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../identity.ts';
import type { App } from '../parts.ts';
import { RefusalError } from '../rooms/refusal.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes and sockets that another site's page makes with a session cookie of ours. */
export function refuseForeignOrigins(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const writes = !READING.has(request.method) || request.headers.upgrade !== undefined;
    if (writes && request.cookies[SESSION_COOKIE] !== undefined && isForeign(request)) {
      throw new RefusalError('forbidden', 'This request came from a page of another site');
    }
    done();
  });
}

/**
 * True where the browser names an origin other than this server's own. The host is compared with X-Forwarded-Host only behind
 * a trusted proxy. Programs other than browsers send no Origin and are not foreign.
 */
export function isForeign(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const url = new URL(origin);
  if (url.host !== request.host.toLowerCase()) return true;
  return request.protocol === 'https' && url.protocol !== 'https:';
}
