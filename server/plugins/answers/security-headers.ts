import helmet from 'helmet';
import type { Origins } from '../../access/origins.ts';
import type { App } from '../app-deps.ts';

/** Browser features that no page of ours uses. */
const UNUSED = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'];
const PERMISSIONS = UNUSED.map((feature) => `${feature}=()`).join(', ');

/**
 * Security headers: only scripts and styles of this server run, no referrer is sent, and only our own pages and those of `origins`
 * may frame a page. HSTS and upgrade-insecure-requests are left to whoever terminates TLS.
 */
export function securityHeaders(app: App, origins: Origins): void {
  // Built once; @fastify/helmet builds the policy for every request.
  const secure = helmet({
    strictTransportSecurity: false,
    // The predecessor of frame-ancestors; it cannot name other origins.
    xFrameOptions: origins.length === 0 && { action: 'sameorigin' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: origins === 'any' ? ['*'] : ["'self'", ...origins],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrcAttr: ["'none'"],
        // Trusted types: no string becomes markup or code, except the templates of the Svelte compiler, and the address of the
        // worker that renders previews, whose policy knows no other.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['svelte-trusted-html', 'weft-preview'],
      },
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    // An upgrade shows no page, and a thousand may arrive at once.
    if (request.headers.upgrade?.toLowerCase() === 'websocket') return done();
    reply.header('Permissions-Policy', PERMISSIONS);
    secure(request.raw, reply.raw, () => done());
  });
}
