import type { SearchQuery } from '@codemirror/search';
import type { EditorState } from '@codemirror/state';
import { nextTask } from '../binding/pace.ts';

/** Places found that are counted at most; then "1,000+" says as much. */
export const MOST_COUNTED = 1000;
/** UTF-16 units that are searched before the page may respond: some milliseconds. */
const SLICE = 50_000;
/** Units that a slice reaches beyond its end: a match may be longer than what was looked for, where letters are composed. */
const REACH = 1000;

/** What was found: places in UTF-16 units, in order, and whether there may be more behind them. */
export interface Matches {
  readonly places: readonly { readonly from: number; readonly to: number }[];
  readonly isCapped: boolean;
}

/** Looks for all matches in a text in short steps. Undefined if `signal` ended it. */
export async function findMatches(
  query: SearchQuery,
  state: EditorState,
  signal: AbortSignal,
): Promise<Matches | undefined> {
  const places: { from: number; to: number }[] = [];
  const { length } = state.doc;
  for (let from = 0; from < length;) {
    await nextTask();
    if (signal.aborted) return undefined;
    const end = from + SLICE;
    const found = query.getCursor(state, from, Math.min(end + REACH, length));
    let next = end;
    for (let one = found.next(); !one.done && one.value.from < end; one = found.next()) {
      if (places.length === MOST_COUNTED) return { places, isCapped: true };
      places.push({ from: one.value.from, to: one.value.to });
      next = Math.max(end, one.value.to);
    }
    from = next;
  }
  return { places, isCapped: false };
}

/** Which of the places, from 1, is exactly selected; 0 if none is. */
export function placeOf({ places }: Matches, selection: { readonly from: number; readonly to: number }): number {
  return places.findIndex(({ from, to }) => from === selection.from && to === selection.to) + 1;
}
