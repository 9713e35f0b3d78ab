import { EditorView } from '@codemirror/view';

const prepared = new WeakSet<Document>();

/**
 * Lets CodeMirror put its styles into an adopted style sheet of the page. For documents it makes a `<style>` element, which
 * our security policy refuses; for shadow roots it adopts constructable sheets. So a view is mounted in a shadow root for a
 * moment, and the page takes over the set of styles that it left there. Does nothing the second time.
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
