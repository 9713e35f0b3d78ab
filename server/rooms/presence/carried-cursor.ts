import type { Cursor } from '../../../shared/protocol/presence-messages.ts';
import { clampRanges } from '../../../shared/text/position.ts';
import { carriedRanges } from './carried-ranges.ts';
import type { RoomLog } from '../commit/room-log.ts';

/** After this many changes, or parts of changes, shown cursors are moved up, long before that would take too many steps. */
const CARRY_EVERY = { changes: 64, parts: 4096 };

/** A cursor in the newest text; null where it stands in none that is here, or too far back for so many steps. */
export function carriedCursor(
  cursor: Cursor,
  log: RoomLog,
  options: { readonly sessionId: string; readonly steps: number },
): Cursor | null {
  const { version, text } = log.head;
  const changes = log.recentAfter(cursor.version);
  if (changes === undefined || cursor.version > version) return null;
  const ranges = carriedRanges(cursor.ranges, changes, options);
  if (ranges === undefined) return null;
  return { version, ranges: clampRanges(ranges, text.length) };
}

/** Up to where shown cursors have been moved. */
export class CarryMark {
  readonly #log: RoomLog;
  #version: number;

  constructor(log: RoomLog) {
    this.#log = log;
    this.#version = log.head.version;
  }

  /** Whether they are to be moved up now; then they count as moved. */
  isDue(): boolean {
    const { version } = this.#log.head;
    const isFar =
      version - this.#version >= CARRY_EVERY.changes || this.#log.partsAfter(this.#version) >= CARRY_EVERY.parts;
    if (isFar) this.#version = version;
    return isFar;
  }
}
