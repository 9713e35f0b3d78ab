import type { FastifyRequest } from 'fastify';
import { isAmong, originOf } from '../access/origins.ts';
import type { App } from './app-deps.ts';
import { sessionCookieOf } from './authentication.ts';
import { RefusalError } from '../base/refusal.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes and sockets that another site's page makes with our session cookie (CSRF). */
export function refuseForeignOrigins(app: App, { trustProxy }: { readonly trustProxy: boolean }): void {
  const remedy = trustProxy
    ? 'the proxy in front has to pass the host on as X-Forwarded-Host'
    : 'behind a proxy, set WEFT_TRUST_PROXY=true';
  app.addHook('onRequest', (request, _reply, done) => {
    const writes = !READING.has(request.method) || request.headers.upgrade !== undefined;
    if (writes && sessionCookieOf(request) !== undefined && isForeign(request)) {
      throw new RefusalError('forbidden', `This request came from a page of another site (or ${remedy})`);
    }
    done();
  });
}

/** The origin of a page that is not ours, as browsers write it; undefined for our own pages, and for programs. At most 200 characters. */
export function foreignOriginOf(request: FastifyRequest): string | undefined {
  const { origin = '' } = request.headers;
  return isForeign(request) ? (originOf(origin) ?? origin.slice(0, 200)) : undefined;
}

/** Refuses a page of an origin for which the owner has not opened the document. Throws RefusalError `forbidden`. */
export function requireEmbedding(document: Pick<DocumentRecord, 'embedOrigins'>, request: FastifyRequest): void {
  const origin = foreignOriginOf(request);
  if (origin === undefined || isAmong(document.embedOrigins ?? 'any', origin)) return;
  throw new RefusalError('forbidden', `The owner of this document does not let pages of ${origin} show it`);
}

/**
 * Whether the browser names an origin other than this server's own. X-Forwarded-Host counts only behind a trusted proxy. Programs
 * other than browsers send no Origin and are not foreign.
 */
function isForeign(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  return origin !== undefined && !isOwnOrigin(request, origin);
}

/** Whether pages of that origin come from this server, by the address that the request came to. */
export function isOwnOrigin(request: FastifyRequest, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  if (host === '' || host !== hostOf(protocol, request.host)) return false;
  return request.protocol !== 'https' || protocol === 'https:';
}

/**
 * Normalises a host as an origin of `protocol` spells it: lower case, without the default port. The protocol is the page's, because
 * a proxy may terminate TLS without saying so. Undefined if `given` is no host.
 */
function hostOf(protocol: string, given: string): string | undefined {
  if (/[\s/\\?#@]/.test(given)) return undefined;
  const address = `${protocol}//${given}`;
  return URL.canParse(address) ? new URL(address).host : undefined;
}
