import type { App, Parts } from '../parts.ts';
import { RefusalError } from '../rooms/refusal.ts';

/** Bodies up to this many bytes are not counted; how many of them there are is bounded by the connections. */
const SMALL = 65_536;
/** Milliseconds after which a large body may have been read. */
const RETRY_AFTER = 2000;

/**
 * Bounds the bytes of large bodies that are under way, by their heads: in all, and from one address. One that comes alone is always
 * taken, however large its route lets it be. Comes after whatever may refuse a request by its head for another reason.
 */
export function bodySpace(app: App, { config }: Pick<Parts, 'config'>): void {
  let total = 0;
  const byAddress = new Map<string, number>();

  const change = (address: string | undefined, bytes: number): void => {
    total += bytes;
    if (address === undefined) return;
    const left = (byAddress.get(address) ?? 0) + bytes;
    if (left === 0) byAddress.delete(address);
    else byAddress.set(address, left);
  };

  app.addHook('preParsing', (request, reply, _payload, done) => {
    const { bodyLimit } = request.routeOptions;
    const bytes = bytesToCome(request.headers, bodyLimit);
    // What is over the limit of its route is refused unread.
    if (bytes <= SMALL || bytes > bodyLimit) return done();
    const address = request.network;
    const ofAddress = address === undefined ? 0 : (byAddress.get(address) ?? 0);
    if (ofAddress > 0 && ofAddress + bytes > config.addressBodyBytes) {
      throw new RefusalError('rate_limited', 'Too much is sent from your network at once', RETRY_AFTER);
    }
    if (total > 0 && total + bytes > config.bodyBytes) {
      throw new RefusalError('unavailable', 'Too much is sent to this server at once', RETRY_AFTER);
    }
    change(address, bytes);
    let isHeld = true;
    const release = (): void => {
      if (isHeld) change(address, -bytes);
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
