import { RefusalError } from '../base/refusal.ts';
import type { MemoryLimits } from './services/room-limits.ts';

/** A room, as far as eviction looks at it. */
export interface EvictableRoom {
  /** About what it takes in memory. */
  readonly bytes: number;
  /** Nobody is in it and nothing waits for a commit: it can be evicted, and read again when it is asked for. */
  readonly isEmpty: boolean;
  /** Monotonic milliseconds. */
  readonly lastUsed: number;
}

/** Milliseconds after which there may be memory again. */
const RETRY_AFTER = 5000;

/**
 * If there are too many rooms, or they are too large, calls `evict` for empty ones until the rest fits, the least recently used
 * first. Rooms that are `opening` count too, but are not among `rooms` yet. Throws RefusalError `unavailable` if that is not enough.
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
