import { openBrowserSession } from 'weftdoc/client';
import { bindTextarea } from 'weftdoc/textarea';
import './style.css';

const session = openBrowserSession({
  documentId: import.meta.env.VITE_WEFT_DOCUMENT,
  origin: import.meta.env.VITE_WEFT_SERVER,
});
session.connect();

bindTextarea(session, document.querySelector('textarea')!);

const state = document.querySelector('#state')!;
session.on('status', ({ kind }) => (state.textContent = `Connection: ${kind}.`));
