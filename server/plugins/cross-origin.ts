import cors from '@fastify/cors';
import { isAmong, type Origins } from '../access/origins.ts';
import { RefusalError } from '../base/refusal.ts';
import type { App } from './app-deps.ts';
import { foreignOriginOf } from './foreign-origin.ts';

/** Seconds for which a browser need not ask again what it may send. Chromium keeps no answer for longer. */
const PREFLIGHT_LIFETIME = 7200;
/** Headers of answers that pages of other origins may read, besides the few that every page may. */
const EXPOSED = ['ETag', 'Retry-After', 'Weft-Timestamp', 'Weft-Version', 'X-Request-Id'];
const ALLOWED = ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Lets pages of other origins use the routes of this scope without cookies (CORS, never with credentials), if they are among
 * `origins`. Every answer may be read from everywhere, and so may every preflight: others are refused, and their page can tell why. Comes
 * before it is looked at who asks.
 */
export async function crossOrigin(app: App, origins: Origins): Promise<void> {
  await app.register(cors, {
    origin: '*',
    methods: METHODS,
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_LIFETIME,
    // A request with OPTIONS that is no preflight would be refused in another shape than every other request.
    strictPreflight: false,
  });
  if (origins === 'any') return;
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('Vary', 'Origin');
    const origin = foreignOriginOf(request);
    if (origin !== undefined && !isAmong(origins, origin)) throw refusal(origin);
    done();
  });
}

function refusal(origin: string): RefusalError {
  return new RefusalError(
    'forbidden',
    `Pages of ${origin} may not use this server: its setting WEFT_ORIGINS does not name them`,
  );
}
