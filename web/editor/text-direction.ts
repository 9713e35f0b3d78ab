import { EditorSelection, RangeSetBuilder, type Extension, type SelectionRange } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { isMixed, rowAround, shownAs } from './carets/mixed-direction.ts';

/**
 * CodeMirror's view, but in lines with runs of both directions the caret moves as in the text fields of browsers: a click, and a
 * line above or below, lead to where the caret is drawn; Home and End to the first and last letter of a row, not to its edges.
 */
export class TextView extends EditorView {
  override posAndSideAtCoords(coords: { x: number; y: number }, precise: false): { pos: number; assoc: -1 | 1 };
  override posAndSideAtCoords(coords: { x: number; y: number }): { pos: number; assoc: -1 | 1 } | null;
  override posAndSideAtCoords(
    coords: { x: number; y: number },
    precise?: false,
  ): { pos: number; assoc: -1 | 1 } | null {
    const found = precise === false ? super.posAndSideAtCoords(coords, false) : super.posAndSideAtCoords(coords);
    return found && shownAs(this, found);
  }

  override moveVertically(start: SelectionRange, forward: boolean, distance?: number): SelectionRange {
    const moved = super.moveVertically(start, forward, distance);
    if (moved.assoc === 0) return moved;
    const { pos, assoc } = shownAs(this, { pos: moved.head, assoc: moved.assoc });
    return pos === moved.head ? moved : EditorSelection.cursor(pos, assoc, undefined, moved.goalColumn);
  }

  override moveToLineBoundary(start: SelectionRange, forward: boolean, includeWrap = true): SelectionRange {
    const line = this.state.doc.lineAt(start.head);
    if (!includeWrap || !isMixed(this, line)) return super.moveToLineBoundary(start, forward, includeWrap);
    const row = rowAround(this, line, { pos: start.head, assoc: start.assoc || 1 }) ?? line;
    const pos = forward ? row.to : row.from;
    const isEdge = pos === (forward ? line.to : line.from);
    // There is nothing outside of a line. If a row ends within it, the place belongs to this row.
    return EditorSelection.cursor(pos, isEdge === forward ? 1 : -1);
  }
}

const byFirstLetter = Decoration.line({ attributes: { dir: 'auto' } });
const fromTheRight = Decoration.line({ attributes: { dir: 'rtl' } });

/** The mark of a task that is done: its x is the first letter of the line, and not one of its text. */
const DONE = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[xX]\][ \t]/;
const BEGINS_FROM_THE_RIGHT =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** UTF-16 units of a line in which its first letter is looked for. */
const LOOKED_AT = 200;

/** Every line runs in the direction of its first letter, so that marks of lists and quotes stand where its text begins. */
export const lineDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      lines: DecorationSet;

      constructor(view: EditorView) {
        this.lines = visibleLines(view);
      }

      update({ view, docChanged, viewportChanged }: ViewUpdate): void {
        if (docChanged || viewportChanged) this.lines = visibleLines(view);
      }
    },
    { decorations: (plugin) => plugin.lines },
  ),
];

function visibleLines({ viewport, state }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let position = viewport.from; position <= viewport.to;) {
    const line = state.doc.lineAt(position);
    builder.add(line.from, line.from, directionOf(line.text.slice(0, LOOKED_AT)));
    position = line.to + 1;
  }
  return builder.finish();
}

function directionOf(beginning: string): Decoration {
  const mark = DONE.exec(beginning)?.[0];
  return mark !== undefined && BEGINS_FROM_THE_RIGHT.test(beginning.slice(mark.length)) ? fromTheRight : byFirstLetter;
}
