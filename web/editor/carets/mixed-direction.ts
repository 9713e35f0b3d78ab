import type { Line } from '@codemirror/state';
import { Direction, type BidiSpan, type EditorView } from '@codemirror/view';

/** A place between two letters, in UTF-16 units of the text; `assoc` says which of the two it belongs to: -1 the one before. */
export interface Place {
  readonly pos: number;
  readonly assoc: -1 | 1;
}

/** The line has runs of both directions, or runs against its own: places beside each other in it can be far apart on the screen. */
export function isMixed(view: EditorView, line: Line): boolean {
  const [only, ...others] = view.bidiSpans(line);
  return others.length > 0 || only?.level !== baseLevel(view, line);
}

/**
 * The side on which browsers draw a caret between two runs: that of the run with the lower embedding level, which as a rule is the
 * line's own. Outside of the line counts as the line's own direction. 1 if both levels are equal.
 */
export function caretSide(view: EditorView, pos: number): -1 | 1 {
  const line = view.state.doc.lineAt(pos);
  const spans = view.bidiSpans(line);
  const base = baseLevel(view, line);
  const at = pos - line.from;
  const before = spans.find((span) => span.from < at && span.to >= at)?.level ?? base;
  const after = spans.find((span) => span.from <= at && span.to > at)?.level ?? base;
  return before < after ? -1 : 1;
}

/**
 * One edge of a run on the screen belongs to two places in the text. This is the one at which browsers draw the caret there. A
 * place that was found by screen coordinates must be turned into it, or the caret appears at the other end of the run.
 */
export function shownAs(view: EditorView, { pos, assoc }: Place): Place {
  const line = view.state.doc.lineAt(pos);
  const spans = view.bidiSpans(line);
  const base = baseLevel(view, line);
  const at = pos - line.from;
  const index = spans.findIndex((span) =>
    assoc < 0 ? span.from < at && span.to >= at : span.from <= at && span.to > at,
  );
  const span = spans[index];
  if (span === undefined || span.level === base || (at !== span.from && at !== span.to)) return { pos, assoc };
  // The spans are in the order of the screen, from where the line begins.
  const isForward = sideOf(span, true, base) === at;
  const beside = spans[index + (isForward ? 1 : -1)];
  if (beside === undefined) return isForward ? { pos: line.to, assoc: 1 } : { pos: line.from, assoc: -1 };
  if (beside.level >= span.level) return { pos, assoc };
  const edge = sideOf(beside, !isForward, base);
  const found: Place = { pos: line.from + edge, assoc: edge === beside.from ? 1 : -1 };
  return isSameRow(view, { pos, assoc }, found) ? found : { pos, assoc };
}

/** The row of a wrapped line that a place is in, in UTF-16 units of the text; undefined if it is not drawn. */
export function rowAround(
  view: EditorView,
  line: Line,
  { pos, assoc }: Place,
): { from: number; to: number } | undefined {
  const letter = Math.min(assoc < 0 && pos > line.from ? pos - 1 : pos, Math.max(line.to - 1, line.from));
  const row = view.coordsAtPos(letter, 1);
  if (row === null) return undefined;
  /** Of the row, or of one before it (-1) or behind it (1). */
  const whichRow = (at: number): number => {
    const box = view.coordsAtPos(at, 1);
    if (box === null) return Math.sign(at - letter);
    const middle = (box.top + box.bottom) / 2;
    return middle < row.top ? -1 : middle > row.bottom ? 1 : 0;
  };
  // Lines are broken before their runs are put into order, so that rows follow each other in the text.
  return {
    from: firstWhere(line.from, letter, (at) => whichRow(at) >= 0),
    to: firstWhere(letter + 1, line.to, (at) => at === line.to || whichRow(at) > 0),
  };
}

/** 0 for a line that runs from the left, 1 for one from the right. */
function baseLevel(view: EditorView, line: Line): number {
  return view.textDirectionAt(line.from) === Direction.LTR ? 0 : 1;
}

/** Where a run ends (or begins) on the screen, seen in the direction of the line. */
function sideOf(span: BidiSpan, isEnd: boolean, base: number): number {
  return (span.level % 2 === base % 2) === isEnd ? span.to : span.from;
}

function isSameRow(view: EditorView, a: Place, b: Place): boolean {
  const [one, other] = [view.coordsAtPos(a.pos, a.assoc), view.coordsAtPos(b.pos, b.assoc)];
  return one !== null && other !== null && one.top < other.bottom && other.top < one.bottom;
}

/** The first number from `from` to `to` for which something holds that holds for all behind it, and for `to`. */
function firstWhere(from: number, to: number, holds: (at: number) => boolean): number {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
