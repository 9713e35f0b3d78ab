import type { Change } from '../../../shared/sync/change.ts';
import { caretSide, mapPositions, type SelectionRange } from '../../../shared/text/position.ts';

/**
 * Ranges as they stand after changes, each change walked once for all of them; undefined where that takes more than `steps`: one
 * for each part of a change, and one for each end of a range at each change. The changes of their owner push them along.
 */
export function carriedRanges(
  ranges: readonly SelectionRange[],
  changes: readonly Change[],
  { sessionId, steps }: { readonly sessionId: string; readonly steps: number },
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
