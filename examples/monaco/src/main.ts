// The editor with one language; 'monaco-editor' alone brings them all.
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/markdown/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { openBrowserSession } from 'weftdoc/client';
import { bindMonaco } from 'weftdoc/monaco';
import './style.css';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

const session = openBrowserSession({
  documentId: import.meta.env.VITE_WEFT_DOCUMENT,
  origin: import.meta.env.VITE_WEFT_SERVER,
});
session.connect();

const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
const editor = monaco.editor.create(document.querySelector<HTMLElement>('#editor')!, {
  language: 'markdown',
  theme: isDark ? 'vs-dark' : 'vs',
  minimap: { enabled: false },
  automaticLayout: true,
});
bindMonaco(session, editor);

const state = document.querySelector('#state')!;
session.on('status', ({ kind }) => (state.textContent = `Connection: ${kind}.`));
