import type { ChangeSet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Edit } from '../../../shared/text/edit.ts';
import { heldPlace, topOfPlace, type HeldPlace } from '../place/held-place.ts';
import { scrollText } from '../place/hold-line.ts';
import { changedPlace } from './change-edit.ts';

/** How far from the end, in pixels, a view counts as scrolled to the end. */
const AT_END = 4;

/** Keeps the own caret in place on the screen while others write above it, or what is shown first; at the very end also below. */
export class ScrollPlace {
  /** Pixels by which the text has moved so far, because browsers scroll by whole pixels only. */
  #drift = 0;

  /**
   * Lets `dispatch` change the view, and restores the scroll position at once. CodeMirror itself does so in the next frame, forgets
   * it if anything else is dispatched before, be it another change or a caret, and at the very end sticks to the end.
   */
  keep(view: EditorView, edit: Edit, changes: ChangeSet, dispatch: () => void): void {
    const { scrollTop, clientHeight, scrollHeight } = view.scrollDOM;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - AT_END;
    const held = heldLine(view);
    const isBelow = held !== undefined && changedPlace(edit).from > view.lineBlockAt(held.pos).to;
    // At the top, what others write before anything that is held can be seen.
    const isTop = scrollTop <= 0 && held?.kind !== 'caret';
    if (held === undefined || ((isBelow || isTop) && !isAtEnd)) return dispatch();
    dispatch();
    const moved = topOfPlace(view, { ...held, pos: changes.mapPos(held.pos, -1) }) - held.top;
    // Up to a pixel is rounding. More, anywhere but at the end, is what CodeMirror wants: it knows where a finger scrolls.
    if (isAtEnd || held.kind === 'caret' || Math.abs(moved) <= 1) this.#drift += moved;
    const whole = Math.trunc(this.#drift);
    if (whole === 0) return;
    this.#drift -= whole;
    scrollText(view, whole);
  }
}

/** What is held while the text changes: of a long paragraph the whole, because its rows begin with other words then. */
function heldLine(view: EditorView): HeldPlace | undefined {
  const held = heldPlace(view);
  if (held?.kind !== 'row') return held;
  const { from, top } = view.lineBlockAt(held.pos);
  return { kind: 'line', pos: from, top: top + view.documentTop };
}
