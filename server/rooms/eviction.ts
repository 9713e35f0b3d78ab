import { RefusalError } from '../base/refusal.ts';
import type { MemoryLimits } from './services/room-limits.ts';

/** What is asked of a room that may have to go. */
export interface EvictableRoom {
  /** About what it takes in memory. */
  readonly bytes: number;
  /** Nobody is in it and nothing waits, so that it can be read again whenever it is asked for. */
  readonly isEmpty: boolean;
  /** Clock milliseconds. */
  readonly lastUsed: number;
}

/** Milliseconds after which there may be space again. */
const RETRY_AFTER = 5000;

/**
 * Makes space where rooms are more, or larger, than they may be: `evict` is called for empty ones, the longest unused first.
 * What is `opening` is not among the tenants yet, and stays. Throws RefusalError `unavailable` where that is not enough.
 */
export function evictUntilFits<T extends EvictableRoom>(
  rooms: Iterable<T>,
  opening: { readonly rooms: number; readonly bytes: number },
  limits: MemoryLimits,
  evict: (room: T) => void,
): void {
  const all = [...rooms];
  let count = all.length + opening.rooms;
  let bytes = all.reduce((sum, room) => sum + room.bytes, opening.bytes);
  const isFull = (): boolean => count > limits.rooms || bytes > limits.roomBytes;
  if (!isFull()) return;
  const empty = all.filter((room) => room.isEmpty).sort((a, b) => a.lastUsed - b.lastUsed);
  for (const room of empty) {
    count -= 1;
    bytes -= room.bytes;
    evict(room);
    if (!isFull()) return;
  }
  throw new RefusalError('unavailable', 'This server holds as many documents in memory as it may', RETRY_AFTER);
}
