/** How a page of somebody else shows a text: `<weft-editor>`, `mountFrame`, a CodeMirror of its own, an iframe of the app's page. */
export const WAYS = ['element', 'frame', 'codemirror', 'app'] as const;

export type Way = (typeof WAYS)[number];

/** Whether the document is in a frame of that page. */
export const isFramed = (way: Way): boolean => way === 'frame' || way === 'app';

/** What the pages of a host are about. */
export interface Shown {
  /** Where Weft is, without a slash at the end. */
  readonly server: string;
  readonly documentId: string;
  /** The text of the document, for the editor that has no server. Without `<`. */
  readonly text: string;
  /** The script of that editor. */
  readonly editorScript: string;
}

/** Names of the marks that a page sets: where its parser meets what brings the editor, and the event `weft-ready`. */
export const BEGIN = 'begin';
export const READY = 'ready';

const MARKS = `<script>
  performance.mark('${BEGIN}');
  addEventListener('weft-ready', () => performance.mark('${READY}'));
</script>`;

/** What stands in the page, beginning with what is measured from. */
const BODIES: Readonly<Record<Way, (shown: Shown) => string>> = {
  element: ({ server, documentId }) => elements(server, [documentId]),
  codemirror: ({ text, editorScript }) =>
    `<script type="text/plain" id="text">${text}</script>${MARKS}<script src="${editorScript}" async></script>`,
  frame: ({ server, documentId }) => `<div id="notes"></div>${MARKS}<script src="${server}/embed.js"></script>
    <script>Weft.mountFrame(document.getElementById('notes'), { document: '${documentId}' });</script>`,
  app: ({ server, documentId }) =>
    `${MARKS}<iframe src="${server}/d/${documentId}" title="Notes" style="width: 100%; height: 384px; border: 0"></iframe>`,
};

/** The page that shows the document in this way, with nothing else in it. */
export function hostPage(way: Way, shown: Shown): string {
  return page(BODIES[way](shown));
}

/** The page with an element for each of these documents, one below the other, and one script. */
export function pageOfElements(server: string, documentIds: readonly string[]): string {
  return page(elements(server, documentIds));
}

function elements(server: string, documentIds: readonly string[]): string {
  const tags = documentIds.map((id) => `<weft-editor document="${id}"></weft-editor>`);
  return `${MARKS}<script src="${server}/embed.js" async></script>${tags.join('\n')}`;
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><body><h1>Notes</h1>${body}`;
}
