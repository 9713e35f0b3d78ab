/** The baseline: CodeMirror as it comes, without anything of ours, and without text unless the page has one. */
import { EditorView } from '@codemirror/view';

const doc = document.getElementById('text')?.textContent ?? '';
new EditorView({ parent: document.body, doc, extensions: [EditorView.lineWrapping] }).focus();
