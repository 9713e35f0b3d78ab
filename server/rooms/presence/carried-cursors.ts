import type { Cursor } from '../../../shared/protocol/presence-messages.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { caretSide, clampRanges, mapPositions, type SelectionRange } from '../../../shared/text/position.ts';
import type { RoomLog } from '../commit/room-log.ts';

/** After this many changes, or parts of changes, shown cursors are carried along, long before that would take too many steps. */
const CARRY_EVERY = { changes: 64, parts: 4096 };

/** Whose cursor it is, and how many steps carrying it may take. */
interface CarryOptions {
  readonly sessionId: string;
  readonly steps: number;
}

/** Carries the cursors of a room to its newest version. */
export class CarriedCursors {
  readonly #log: RoomLog;
  readonly #steps: number;
  /** The version up to which shown cursors have been carried. */
  #version: number;

  /** `steps` bounds the work for one cursor; what a step is tells `carriedRanges`. */
  constructor(log: RoomLog, steps: number) {
    this.#log = log;
    this.#steps = steps;
    this.#version = log.head.version;
  }

  /** The newest version. */
  get version(): number {
    return this.#log.head.version;
  }

  /** A session's cursor in the newest text. Null if its version is not in memory, or carrying it would take too many steps. */
  carry(cursor: Cursor, sessionId: string): Cursor | null {
    const { version, text } = this.#log.head;
    const changes = this.#log.recentAfter(cursor.version);
    if (changes === undefined || cursor.version > version) return null;
    const ranges = carriedRanges(cursor.ranges, changes, { sessionId, steps: this.#steps });
    if (ranges === undefined) return null;
    return { version, ranges: clampRanges(ranges, text.length) };
  }

  /** Whether all shown cursors are to be carried now. If so, they count as carried. */
  isDue(): boolean {
    const { version } = this;
    const isFar =
      version - this.#version >= CARRY_EVERY.changes || this.#log.partsAfter(this.#version) >= CARRY_EVERY.parts;
    if (isFar) this.#version = version;
    return isFar;
  }
}

/**
 * Ranges as they stand after changes; each change is walked once for all of them. Undefined if that takes more than `steps`: one for
 * each part of a change, and one for each end of a range at each change. The changes of their owner push them along.
 */
export function carriedRanges(
  ranges: readonly SelectionRange[],
  changes: readonly Change[],
  { sessionId, steps }: CarryOptions,
): SelectionRange[] | undefined {
  const ends = [...new Set(ranges.flatMap(({ anchor, head }) => [anchor, head]))].sort((a, b) => a - b);
  let left = steps;
  for (const { edit } of changes) if ((left -= edit.length + ends.length) < 0) return undefined;
  let positions: readonly number[] = ends;
  for (const { edit, sessionId: author } of changes) {
    positions = mapPositions(positions, edit, caretSide(author === sessionId));
  }
  const carried = new Map(ends.map((end, index) => [end, positions[index]!]));
  return ranges.map(({ anchor, head }) => ({ anchor: carried.get(anchor)!, head: carried.get(head)! }));
}
