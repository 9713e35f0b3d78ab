import type { FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../access/identity.ts';
import type { App } from './app-deps.ts';
import { RefusalError } from '../base/refusal.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses writes and sockets that another site's page makes with a session cookie of ours. */
export function refuseForeignOrigins(app: App, { trustProxy }: { readonly trustProxy: boolean }): void {
  const remedy = trustProxy
    ? 'the proxy in front has to pass the host on as X-Forwarded-Host'
    : 'behind a proxy, set WEFT_TRUST_PROXY=true';
  app.addHook('onRequest', (request, _reply, done) => {
    const writes = !READING.has(request.method) || request.headers.upgrade !== undefined;
    if (writes && request.cookies[SESSION_COOKIE] !== undefined && isForeign(request)) {
      throw new RefusalError('forbidden', `This request came from a page of another site (or ${remedy})`);
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
  const { protocol, host } = new URL(origin);
  if (host === '' || host !== hostOf(protocol, request.host)) return true;
  return request.protocol === 'https' && protocol !== 'https:';
}

/**
 * A host as origins of this protocol spell it: in lower case, without the default port. A proxy may end TLS without saying so, and
 * therefore the protocol is the page's. Undefined for what is no host.
 */
function hostOf(protocol: string, given: string): string | undefined {
  if (/[\s/\\?#@]/.test(given)) return undefined;
  const address = `${protocol}//${given}`;
  return URL.canParse(address) ? new URL(address).host : undefined;
}
