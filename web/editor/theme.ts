import { EditorView } from '@codemirror/view';

/** How the text looks. Colours and sizes come from the page's tokens. */
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
  '.cm-content': { paddingInline: '0', caretColor: 'var(--accent)' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--selection)' },
  '.cm-placeholder': { color: 'var(--ink-faint)' },
  '.cm-specialChar': { color: 'var(--danger)' },

  '@media print': {
    '.cm-scroller': { overflow: 'visible', fontSize: '11pt' },
    '.cm-panels, .cm-cursorLayer, .cm-selectionLayer': { display: 'none' },
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
