import { EditorView } from '@codemirror/view';

/** How the text and its carets look. Colours and sizes come from the page's tokens. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    overflowX: 'hidden',
    overflowY: 'auto',
    overscrollBehavior: 'contain',
    fontFamily: 'var(--reading)',
    fontSize: 'var(--reading-size, 1.0625rem)',
    lineHeight: '1.72',
  },
  '.cm-content': {
    padding: 'var(--space-6) 0 32vh',
    caretColor: 'var(--accent)',
    minHeight: '100%',
  },
  // On the line, so that selections end where the text does.
  '.cm-line': { padding: '0 max(1.5rem, calc((100% - var(--measure)) / 2))' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--selection)' },
  '.cm-placeholder': { color: 'var(--ink-faint)' },
  '.cm-specialChar': { color: 'var(--danger)' },

  '.weft-selection': {
    position: 'absolute',
    backgroundColor: 'color-mix(in srgb, var(--person) 26%, transparent)',
  },
  '.weft-carets': { pointerEvents: 'none' },
  '.weft-caret': {
    position: 'absolute',
    top: '0',
    left: '0',
    width: '2px',
    marginLeft: '-1px',
    willChange: 'transform',
    forcedColorAdjust: 'none',
    borderRadius: '1px',
    backgroundColor: 'var(--person)',
  },
  '.weft-caret.is-idle': { opacity: '0.5' },
  // The knob shows the name again when the pointer rests on it.
  '.weft-caret::before': {
    content: '""',
    position: 'absolute',
    top: '-3px',
    left: '-2px',
    width: '6px',
    height: '6px',
    borderRadius: '50%',
    backgroundColor: 'var(--person)',
    pointerEvents: 'auto',
  },
  '.weft-caret span': {
    position: 'absolute',
    bottom: 'calc(100% + 2px + var(--level) * 1.45rem)',
    left: '-2px',
    padding: '0 0.45em',
    font: '600 0.72rem/1.3rem var(--ui)',
    whiteSpace: 'nowrap',
    maxWidth: '11rem',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: '#fff',
    backgroundColor: 'var(--person)',
    borderRadius: '5px 5px 5px 1px',
    opacity: '0',
    visibility: 'hidden',
    transition: 'opacity 200ms, visibility 200ms',
  },
  '.weft-caret.is-named span, .weft-caret:hover span': { opacity: '1', visibility: 'visible' },
  '.weft-caret.is-below span': {
    bottom: 'auto',
    top: 'calc(100% + 2px + var(--level) * 1.45rem)',
    borderRadius: '1px 5px 5px 5px',
  },
  '.weft-caret.is-left span': { left: 'auto', right: '-2px' },
  '@media (prefers-reduced-motion: reduce)': {
    '.weft-caret span': { transition: 'none' },
  },
  '@media print': {
    '&': { height: 'auto' },
    '.cm-scroller': { overflow: 'visible', fontSize: '11pt' },
    '.cm-content, .cm-line': { padding: '0' },
    '.weft-carets, .weft-selections, .cm-panels': { display: 'none' },
  },
});

const prepared = new WeakSet<Document>();

/**
 * Makes CodeMirror put its styles into an adopted style sheet of the page. For documents it makes a `<style>` element, which our
 * security policy refuses; for shadow roots it adopts constructable sheets. So a view is mounted in a shadow root for a moment, and
 * the page takes over the set of styles that it left there. Idempotent.
 */
export function adoptEditorStyles(page: Document): void {
  if (prepared.has(page)) return;
  prepared.add(page);
  const host = page.createElement('div').attachShadow({ mode: 'open' });
  new EditorView({ root: host }).destroy();
  const from = host as unknown as Record<symbol, unknown>;
  const to = page as unknown as Record<symbol, unknown>;
  for (const key of Object.getOwnPropertySymbols(host)) to[key] ??= from[key];
}
