import type { ChangeSet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Edit } from '../../../shared/text/edit.ts';
import { changedPlace } from './change-edit.ts';

/** How far from the end, in pixels, a view counts as scrolled to the end. */
const AT_END = 4;

/** Keeps the text on the screen in place while others write above it, and at the very end of the text also below. */
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
    if (scrollTop <= 0 && !isAtEnd) return dispatch();
    const line = view.lineBlockAtHeight(topOf(view));
    if (changedPlace(edit).from > line.to && !isAtEnd) return dispatch();
    const before = line.top - topOf(view);
    dispatch();
    // Asking for a place measures what waits to be measured.
    view.lineBlockAtHeight(0);
    const moved = view.lineBlockAt(changes.mapPos(line.from, -1)).top - topOf(view) - before;
    // Up to a pixel is rounding. More, anywhere but at the end, is what CodeMirror wants: it knows where a finger scrolls.
    if (isAtEnd || Math.abs(moved) <= 1) this.#drift += moved;
    const whole = Math.trunc(this.#drift);
    if (whole === 0) return;
    this.#drift -= whole;
    view.scrollDOM.scrollTop += whole;
  }
}

/** The top of the screen, in pixels from the top of the text. */
function topOf(view: EditorView): number {
  return view.scrollDOM.getBoundingClientRect().top - view.documentTop;
}
