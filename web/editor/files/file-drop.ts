import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { isolated } from '../../../shared/isolated.ts';
import { fileWords } from '../../words/en/files.ts';
import { cleanText } from '../binding/clean-text.ts';
import { textOfFile } from './file-text.ts';

/** Bytes of files that are read at once; the longest document has no more. */
const MOST_BYTES = 15_000_000;

/** A range of the text, carried through the changes of others while files are read. */
interface Place {
  from: number;
  to: number;
}

/**
 * Inserts dropped and pasted files as text. CodeMirror would read all of them as UTF-8 and silently damage those that are not.
 * `tell` takes what a person must know, in a sentence.
 */
export function fileDrop(tell: (message: string) => void): Extension {
  const places = new Set<Place>();

  async function insert(view: EditorView, files: readonly File[], place: Place): Promise<void> {
    places.add(place);
    try {
      const texts = await readFiles(files, tell);
      if (texts.length === 0 || view.state.readOnly || !view.dom.isConnected) return;
      const text = view.state.toText(texts.join('\n'));
      view.dispatch({
        changes: { ...place, insert: text },
        selection: { anchor: place.from + text.length },
        scrollIntoView: true,
        userEvent: 'input.drop',
      });
    } finally {
      places.delete(place);
    }
  }

  return [
    EditorView.updateListener.of(({ docChanged, changes }) => {
      if (!docChanged) return;
      for (const place of places) {
        place.from = changes.mapPos(place.from, 1);
        place.to = Math.max(place.from, changes.mapPos(place.to, -1));
      }
    }),
    EditorView.domEventHandlers({
      drop: (event, view) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0) return false;
        event.preventDefault();
        if (view.state.readOnly) return true;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
        view.focus();
        void insert(view, files, { from: at, to: at });
        return true;
      },
      paste: (event, view) => {
        const data = event.clipboardData;
        const files = [...(data?.files ?? [])];
        // Word processors put an image beside the text; file managers put names and addresses beside the files.
        const isOfFiles = files.length > 0 && isNaming(data!.getData('text/plain'), files);
        if (!isOfFiles) return false;
        event.preventDefault();
        if (view.state.readOnly) return true;
        const { from, to } = view.state.selection.main;
        void insert(view, files, { from, to });
        return true;
      },
    }),
  ];
}

function isNaming(text: string, files: readonly File[]): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return lines.every((line) => files.some(({ name }) => line === name || line.endsWith(`/${name}`)));
}

/** The texts of those that are text; tells of all others, and of guessed encodings. */
async function readFiles(files: readonly File[], tell: (message: string) => void): Promise<string[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) {
    tell(files.length === 1 ? fileWords.tooLarge : fileWords.allTooLarge);
    return [];
  }
  const texts: string[] = [];
  for (const file of files) {
    const read = await file.arrayBuffer().then(
      (bytes) => textOfFile(new Uint8Array(bytes)),
      () => 'unreadable' as const,
    );
    if (read === 'unreadable') tell(fileWords.unreadable(isolated(file.name)));
    else if (read === undefined) tell(fileWords.notText(isolated(file.name)));
    else texts.push(cleanText(read.text));
    if (typeof read === 'object' && read.isGuessed) tell(fileWords.guessed(isolated(file.name)));
  }
  return texts;
}
