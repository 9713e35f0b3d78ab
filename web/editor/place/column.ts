import type { Extension } from '@codemirror/state';
import { Direction, EditorView, ViewPlugin } from '@codemirror/view';

/** A part of the page, in pixels of the window. */
export interface Edges {
  readonly left: number;
  readonly right: number;
}

/**
 * Stands where the column of the text does and shows nothing: lines cannot tell where it begins, because lists, quotes and headings
 * have indents of their own.
 */
const column = ViewPlugin.define((view) => {
  const dom = document.createElement('div');
  dom.className = 'weft-column';
  dom.setAttribute('aria-hidden', 'true');
  view.scrollDOM.append(dom);
  return { dom, destroy: () => dom.remove() };
});

/*
 * The column moves only as far to the start as what stands beside the text needs. Whoever takes room from the text sets `--side` on
 * an ancestor to what it takes: of a window from 1100 px on, the column keeps its width then, so that no line wraps anew. What is
 * given by the window and not by the scroller holds whether that is narrowed or lies under what takes the room. What stands in the
 * start margin for good, such as numbers of lines, sets `--text-least`. An editor in a page of somebody else is no wider than its
 * `--frame`, and leaves `--text-edge` free at least.
 *
 * Lines run in directions of their own, the column does not. In a line, `--text-start` and `--text-end` are what is left free where the
 * line begins and ends: `padding-inline-start: calc(var(--text-start) + 1em)` indents it in either direction.
 */
const columnTheme = EditorView.theme({
  // On the whole, for what stands above the text in line with it.
  '&': {
    // From 700 to 1100 px the start margin takes initials. No media query: CodeMirror's themes know no `&` within one.
    '--column-least': 'var(--text-edge, max(1.5rem, min(2.5rem, (100vw - 43.74rem) * 100, (68.75rem - 100vw) * 100)))',
    '--column-start': `max(
      var(--column-least),
      var(--text-least, 0rem),
      min(
        (var(--frame, 100vw) - var(--measure)) / 2,
        var(--frame, 100vw) - var(--side, 0rem) - var(--measure) - var(--gap),
        100% - var(--measure) - var(--text-edge, 1.5rem)
      )
    )`,
    '--column-end': 'max(var(--text-edge, 1.5rem), 100% - var(--column-start) - var(--measure))',
  },
  '.cm-line': {
    '--text-start': 'var(--column-start)',
    '--text-end': 'var(--column-end)',
    paddingBlock: '0',
    paddingInline: 'var(--text-start) var(--text-end)',
  },
  '.cm-content:dir(ltr) .cm-line:dir(rtl), .cm-content:dir(rtl) .cm-line:dir(ltr)': {
    '--text-start': 'var(--column-end)',
    '--text-end': 'var(--column-start)',
  },
  '.weft-column': {
    position: 'absolute',
    insetBlockStart: '0',
    insetInlineStart: 'var(--column-start)',
    inlineSize: 'calc(100% - var(--column-start) - var(--column-end))',
    visibility: 'hidden',
    pointerEvents: 'none',
  },
  // Paper has margins of its own.
  '@media print': {
    '.cm-line, .cm-content:dir(ltr) .cm-line:dir(rtl), .cm-content:dir(rtl) .cm-line:dir(ltr)': {
      '--text-start': '0px',
      '--text-end': '0px',
    },
  },
});

/** The column of the text: its width, and where it stands. */
export const textColumn: Extension = [column, columnTheme];

/** Where the column of the text is. Reads the layout. */
export function columnOf(view: EditorView): Edges {
  return (view.plugin(column)?.dom ?? view.contentDOM).getBoundingClientRect();
}

/** The corner of the page that layers of a view measure from, in pixels of the window. Reads the layout. */
export function layerOrigin({ scrollDOM, textDirection }: EditorView): { readonly left: number; readonly top: number } {
  const { left, right, top } = scrollDOM.getBoundingClientRect();
  const start = textDirection === Direction.LTR ? left : right - scrollDOM.clientWidth;
  return { left: start - scrollDOM.scrollLeft, top: top - scrollDOM.scrollTop };
}
