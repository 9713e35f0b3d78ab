import { Readable } from 'node:stream';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import type { WaitingBytes } from '../../limits/waiting-bytes.ts';
import { PIECE, piecesOf } from '../../rooms/frames/wire-frame.ts';

/** Milliseconds to wait; others may have read theirs by then. */
const RETRY_AFTER = 2000;

/**
 * Sends long answers in pieces, each once the one before it has left (back-pressure), and limits the bytes in transit. Readers of
 * the same buffer share its bytes without a copy.
 */
export function longAnswers(app: App, waiting: WaitingBytes, slices: Slices): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    // An answer of one piece is sent at once and not counted.
    const isLong = (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length > PIECE;
    if (!isLong || request.method === 'HEAD') return done(null, payload);
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    const pieces = piecesOf(bytes);
    const left = waiting.take(pieces, request.network);
    if (left === undefined) {
      throw new RefusalError('unavailable', 'Too much waits for slow readers at this moment', RETRY_AFTER);
    }
    // Keeps the whole buffer alive while pieces of it are sent, so that other readers can share it (`SharedTexts` holds it weakly).
    const sent = { bytes, left };
    const end = (): void => sent.left();
    reply.raw.once('finish', end).once('close', end);
    reply.header('Content-Length', bytes.length);
    done(null, Readable.from(inSlices(pieces, slices)));
  });
}

/**
 * One piece per slice: the system takes megabytes per reader at once, and many readers in one turn would block the loop for most of
 * a second.
 */
async function* inSlices(pieces: readonly Buffer[], slices: Slices): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    await slices.next();
    yield piece;
  }
}
