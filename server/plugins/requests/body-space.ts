import type { IncomingBytes } from '../../limits/incoming-bytes.ts';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';

/** Bodies up to this many bytes are not counted; their number is limited by that of connections. */
const SMALL = 65_536;
/** Milliseconds to wait; a large body may have been read by then. */
const RETRY_AFTER = 2000;

/**
 * Limits the bytes of large bodies in transit, in all and from one network, by what their heads announce. A body that comes alone
 * is always accepted, up to the limit of its route. Must come after every other check of the head.
 */
export function bodySpace(app: App, incoming: IncomingBytes): void {
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const { bodyLimit } = request.routeOptions;
    const bytes = bytesToCome(request.headers, bodyLimit);
    // A body over the limit of its route is refused unread.
    if (bytes <= SMALL || bytes > bodyLimit) return done();
    const { network } = request;
    const full = incoming.take(network, bytes);
    if (full === 'network') {
      throw new RefusalError('rate_limited', 'Too much is sent from your network at once', RETRY_AFTER);
    }
    if (full === 'server') {
      throw new RefusalError('unavailable', 'Too much is sent to this server at once', RETRY_AFTER);
    }
    let isHeld = true;
    const release = (): void => {
      if (isHeld) incoming.giveBack(network, bytes);
      isHeld = false;
    };
    reply.raw.once('finish', release).once('close', release);
    done();
  });
}

/** Announced bytes of a body; the limit of the route if no length is given. */
function bytesToCome(
  headers: { readonly 'content-length'?: string | undefined; readonly 'transfer-encoding'?: string | undefined },
  limit: number,
): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : limit;
}
