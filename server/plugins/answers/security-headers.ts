import helmet from 'helmet';
import type { App } from '../app-deps.ts';

/** What browsers can do that no page of ours asks for. */
const UNUSED = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'];
const PERMISSIONS = UNUSED.map((feature) => `${feature}=()`).join(', ');

/**
 * What browsers may do with our answers: only code and styles of this server run, no address is told to other sites, and only its
 * own pages and those of the given origins frame it. Whether to insist on TLS is decided where TLS ends, so neither HSTS nor
 * upgrade-insecure-requests are sent from here.
 */
export function securityHeaders(app: App, origins: readonly string[]): void {
  // Built once: the plugin of Fastify puts the policy together anew for every request.
  const secure = helmet({
    strictTransportSecurity: false,
    // An older word for frame-ancestors, which cannot name other origins.
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
        frameAncestors: ["'self'", ...origins],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrcAttr: ["'none'"],
        // Strings never become markup or code, but for the templates that the Svelte compiler wrote.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['svelte-trusted-html'],
      },
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    // A socket shows no page, and a thousand of them may come back at once.
    if (request.headers.upgrade?.toLowerCase() === 'websocket') return done();
    reply.header('Permissions-Policy', PERMISSIONS);
    secure(request.raw, reply.raw, () => done());
  });
}
