import type { IncomingBytes } from '../../limits/incoming-bytes.ts';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';

/** Bodies up to this many bytes are not counted; how many of them there are is bounded by the connections. */
const SMALL = 65_536;
/** Milliseconds after which a large body may have been read. */
const RETRY_AFTER = 2000;

/**
 * Bounds the bytes of large bodies that are under way, by their heads: in all, and from one address. One that comes alone is always
 * taken, however large its route lets it be. Comes after whatever may refuse a request by its head for another reason.
 */
export function bodySpace(app: App, incoming: IncomingBytes): void {
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const { bodyLimit } = request.routeOptions;
    const bytes = bytesToCome(request.headers, bodyLimit);
    // What is over the limit of its route is refused unread.
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

/** Bytes of a body that is announced; where no length is told, as many as the route takes. */
function bytesToCome(
  headers: { readonly 'content-length'?: string | undefined; readonly 'transfer-encoding'?: string | undefined },
  limit: number,
): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : limit;
}
