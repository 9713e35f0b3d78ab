import { openBrowserSession } from 'weftdoc/client';

const asked = new URLSearchParams(location.search);

/** The session of the document that the address names. What the kit reads of a page is kept in attributes of the body. */
export function openSession() {
  const session = openBrowserSession({
    documentId: asked.get('document'),
    origin: asked.get('server'),
    name: asked.get('name'),
  });
  const tell = () => {
    document.body.dataset.collabState = session.status.kind;
    document.body.dataset.collabVersion = String(session.version);
    document.body.dataset.collabUnsaved = String(session.unsaved);
  };
  for (const event of ['ready', 'status', 'change', 'role']) session.on(event, tell);
  tell();
  session.connect();
  return session;
}

/** Hands out what tests look at. */
export function handOut(session, shownText, more = {}) {
  window.weft = { session, shownText, ...more };
}
