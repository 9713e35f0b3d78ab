import cookie, { type CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  cookieOfGuest,
  guestFromClientId,
  guestFromCookie,
  newGuest,
  SESSION_COOKIE,
  type Guest,
  type Requester,
} from '../access/identity.ts';
import type { App, AppDeps } from './app-deps.ts';
import { RefusalError } from '../base/refusal.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What is the same of every session cookie. */
    sessionCookie: Readonly<CookieSerializeOptions>;
  }
  interface FastifyRequest {
    /** Who asks; undefined for a visitor without a credential. */
    requester: Requester | undefined;
  }
  interface FastifyContextConfig {
    /** The route replaces an invalid session cookie instead of refusing it. */
    replacesCredential?: boolean;
    /** The route admits visitors who may bring a token afterwards, also if guests are off. */
    takesLaterCredential?: boolean;
    /** The address may say `credentials=omit`: the session cookie is not looked at then. */
    mayOmitCookie?: boolean;
  }
}

/** Seconds: one year. */
const COOKIE_LIFETIME = 31_536_000;

/** A credential in the query would be kept in logs of proxies and in browser histories. */
const IN_QUERY = ['token', 'access_token'];

/**
 * Sets `request.requester`. The token of an Authorization header wins over the session cookie, which is then ignored. An invalid
 * credential is refused, never treated as absent.
 */
export async function authentication(
  app: App,
  { config, secret, tokens }: Pick<AppDeps, 'config' | 'secret' | 'tokens'>,
): Promise<void> {
  await app.register(cookie);
  // Only below the base path, so that several installations may share a host.
  app.decorate('sessionCookie', { httpOnly: true, sameSite: 'lax', path: config.basePath || '/' });
  app.decorateRequest('requester', undefined);
  app.addHook('onRequest', async (request) => {
    const { replacesCredential, takesLaterCredential } = request.routeOptions.config;
    const query = request.query as Readonly<Record<string, unknown>>;
    if (IN_QUERY.some((name) => name in query)) throw unauthenticated('A token never stands in a URL');
    if (request.headers.authorization !== undefined) {
      request.requester = await tokens.verify(bearerOf(request));
    } else if (!config.guests) {
      if (!takesLaterCredential) throw noGuests();
    } else if (sessionCookieOf(request) !== undefined) {
      request.requester = guestFromCookie(secret, sessionCookieOf(request)!);
      if (request.requester !== undefined || replacesCredential) return;
      throw unauthenticated('The session cookie is invalid; POST /api/session gives a new one');
    }
  });
}

/**
 * The session cookie of a request, unless its address asks that it is not looked at: a page can keep a browser from sending cookies with
 * `fetch`, but not with a WebSocket.
 */
export function sessionCookieOf({ cookies, query, routeOptions }: FastifyRequest): string | undefined {
  const { credentials } = query as { readonly credentials?: unknown };
  return routeOptions.config.mayOmitCookie === true && credentials === 'omit' ? undefined : cookies[SESSION_COOKIE];
}

/** The token of the Authorization header. Throws RefusalError if there is none, or more than one. */
function bearerOf({ raw }: FastifyRequest): string {
  const given = raw.rawHeaders.filter(
    (_, at) => at % 2 === 1 && raw.rawHeaders[at - 1]?.toLowerCase() === 'authorization',
  );
  const [, token] = /^Bearer +(\S+)$/i.exec(given.length === 1 ? given[0]! : '') ?? [];
  if (token === undefined) throw unauthenticated('An Authorization header is `Bearer` and one token');
  return token;
}

function unauthenticated(message: string): RefusalError {
  return new RefusalError('unauthenticated', message);
}

/** The refusal of a visitor without a token while guests are off. */
export function noGuests(): RefusalError {
  return unauthenticated('This server takes no guests; come through the application that shows its documents');
}

/** Who asks, or undefined for a visitor without a credential. */
export function requesterOf(request: FastifyRequest): Requester | undefined {
  return request.requester;
}

/**
 * The author of a write: the requester, else the guest of the clientId, else a new guest, who gets a session cookie with the
 * answer.
 */
export function authorOf(request: FastifyRequest, reply: FastifyReply, secret: string, clientId?: string): Requester {
  if (request.requester !== undefined) return request.requester;
  if (clientId !== undefined) return guestFromClientId(secret, clientId);
  const guest = newGuest();
  giveSession(reply, secret, guest);
  return guest;
}

/** Sets the session cookie of a guest; over TLS it is `Secure`. */
export function giveSession(reply: FastifyReply, secret: string, user: Guest): void {
  const secure = reply.request.protocol === 'https';
  const options = { ...reply.server.sessionCookie, maxAge: COOKIE_LIFETIME, secure };
  reply.setCookie(SESSION_COOKIE, cookieOfGuest(secret, user), options);
}

/** Clears the session cookie. */
export function endSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, reply.server.sessionCookie);
}
