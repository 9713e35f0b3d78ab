import { Facet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Pixels of a rem, unless the reader's browser has another size of letters. */
const REM = 16;

/** Whether the editor stands in a page of somebody else, where it has only the room that it is given. */
export const embedded = Facet.define<boolean, boolean>({ combine: (values) => values.includes(true) });

export function isEmbedded(view: EditorView): boolean {
  return view.state.facet(embedded);
}

/**
 * Whether what stands around the text is at least as wide as `rem`: in a page of ours the window, by a media query; else the editor,
 * for which the layout is read.
 */
export function isAtLeast(view: EditorView, rem: number): boolean {
  if (isEmbedded(view)) return view.scrollDOM.clientWidth >= rem * REM;
  return matchMedia(`(min-width: ${rem}rem)`).matches;
}
