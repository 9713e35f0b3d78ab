import type { Stopwatch } from '../../shared/clock.ts';
import { within } from '../../shared/clock.ts';
import type { BackgroundJobs } from '../base/background-jobs.ts';
import { RefusalError } from '../base/refusal.ts';
import type { RoomLog } from './commit/room-log.ts';
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

/**
 * Writes snapshots of documents that leave memory, so that opening them again need not apply a long tail of changes. One at a
 * time, because nobody waits for them and each keeps a thread busy for a moment.
 */
export class EvictionSnapshots {
  readonly #clock: Stopwatch;
  readonly #jobs: BackgroundJobs;
  readonly #waiting: RoomLog[] = [];
  #running: Promise<void> | undefined;

  constructor(clock: Stopwatch, jobs: BackgroundJobs) {
    this.#clock = clock;
    this.#jobs = jobs;
    jobs.announce('snapshot');
  }

  add(log: RoomLog): void {
    this.#waiting.push(log);
    this.#running ??= this.#run();
  }

  /** Resolves once all are written, or after `milliseconds`. Documents that got none open from an older snapshot. */
  async finish(milliseconds: number): Promise<void> {
    if (this.#running !== undefined) await within(this.#clock, milliseconds, this.#running);
    this.#waiting.length = 0;
  }

  async #run(): Promise<void> {
    for (let log = this.#waiting.shift(); log !== undefined; log = this.#waiting.shift()) await this.#keep(log);
    this.#running = undefined;
  }

  async #keep(log: RoomLog): Promise<void> {
    const snapshot = log.evictionSnapshot();
    if (snapshot !== undefined) await this.#jobs.run('snapshot', () => snapshot, { documentId: log.documentId });
  }
}
