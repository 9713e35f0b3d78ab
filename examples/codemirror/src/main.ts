import { basicSetup, EditorView } from 'codemirror';
import { openBrowserSession } from 'weftdoc/client';
import { collaboration } from 'weftdoc/codemirror';
import './style.css';

const session = openBrowserSession({
  documentId: import.meta.env.VITE_WEFT_DOCUMENT,
  origin: import.meta.env.VITE_WEFT_SERVER,
});
session.connect();

// The CodeMirror that your page has, with one extension more.
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
new EditorView({
  parent: document.querySelector('#editor')!,
  extensions: [basicSetup, EditorView.lineWrapping, EditorView.theme({}, { dark }), collaboration(session)],
});

const people = document.querySelector('#people')!;
session.on('collaborators', (everybody) => {
  people.textContent = everybody.map(({ user }) => user.name).join(', ');
});
