import { Readable } from 'node:stream';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import type { WaitingBytes } from '../../limits/waiting-bytes.ts';
import { PIECE, piecesOf } from '../../rooms/frames/wire-frame.ts';

/** Milliseconds after which others may have read theirs. */
const RETRY_AFTER = 2000;

/**
 * Sends long answers in pieces, each when the one before it has left, so that it shows how far a reader is; and bounds the bytes of
 * those that are under way. Readers of the same buffer share its bytes, which are not copied.
 */
export function longAnswers(app: App, waiting: WaitingBytes, slices: Slices): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    // What is no longer than a piece goes out at once, and is not counted.
    const isLong = (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length > PIECE;
    if (!isLong || request.method === 'HEAD') return done(null, payload);
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    const pieces = piecesOf(bytes);
    const left = waiting.take(pieces, request.network);
    if (left === undefined) {
      throw new RefusalError('unavailable', 'Too much waits for slow readers at this moment', RETRY_AFTER);
    }
    // As long as somebody is sent pieces of it, others find the whole of it.
    const sent = { bytes, left };
    const end = (): void => sent.left();
    reply.raw.once('finish', end).once('close', end);
    reply.header('Content-Length', bytes.length);
    done(null, Readable.from(inSlices(pieces, slices)));
  });
}

/** The system takes megabytes for each reader at once; for many of them in one turn, others would wait for most of a second. */
async function* inSlices(pieces: readonly Buffer[], slices: Slices): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    await slices.next();
    yield piece;
  }
}
