import type { EditorView } from '@codemirror/view';

/** A place of the text, in UTF-16 units: the row of the own caret, another row, or a whole line, which begins there. */
interface Place {
  readonly kind: 'caret' | 'row' | 'line';
  readonly pos: number;
}

/** A place of the text and its height on the screen, in pixels of the window. */
export interface HeldPlace extends Place {
  readonly top: number;
}

/**
 * What must not move on a person's screen: the row of their caret; what is shown first if they cannot see that. Undefined while
 * nothing is shown. Reads the layout.
 */
export function heldPlace(view: EditorView): HeldPlace | undefined {
  const screen = view.scrollDOM.getBoundingClientRect();
  if (screen.height === 0) return undefined;
  measure(view);
  const pos = view.state.selection.main.head;
  const caret = isNearScreen(view, pos, screen) ? view.coordsAtPos(pos) : null;
  if (caret !== null && caret.bottom > screen.top && caret.top < screen.bottom)
    return { kind: 'caret', pos, top: caret.top };
  const line = view.lineBlockAtHeight(screen.top - view.documentTop);
  // Of a line that begins above the screen, the row that can be seen.
  if (line.top + view.documentTop < screen.top) {
    const row = view.posAtCoords({ x: screen.left + screen.width / 2, y: screen.top + 1 }, false);
    const box = view.coordsAtPos(row, 1);
    if (box !== null) return { kind: 'row', pos: row, top: box.top };
  }
  return { kind: 'line', pos: line.from, top: line.top + view.documentTop };
}

/** Asking for a place by its height measures what waits to be measured; asking for a line does not. */
export function measure(view: EditorView): void {
  view.lineBlockAtHeight(0);
}

/** By what is known of the heights of lines, so that nothing is read for a caret far away. */
function isNearScreen(view: EditorView, pos: number, { top, bottom }: DOMRect): boolean {
  const line = view.lineBlockAt(pos);
  return line.bottom + view.documentTop > top && line.top + view.documentTop < bottom;
}

/** The height of a place on the screen, in pixels of the window. Measures first what waits to be measured. */
export function topOfPlace(view: EditorView, { kind, pos }: Place): number {
  measure(view);
  const box = kind === 'line' ? null : view.coordsAtPos(pos, kind === 'row' ? 1 : undefined);
  return box?.top ?? view.lineBlockAt(pos).top + view.documentTop;
}
