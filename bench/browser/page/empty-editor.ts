/** The baseline: CodeMirror as it comes, without text and without anything of ours. */
import { EditorView } from '@codemirror/view';

new EditorView({ parent: document.body, extensions: [EditorView.lineWrapping] }).focus();
