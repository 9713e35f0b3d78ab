import type { EditorView } from '@codemirror/view';
import { editorWords } from '../words/en/editor.ts';
import { TypeAhead, typeIntoField } from './keys/type-ahead.ts';
import { loadMarkdown, loadedMarkdown } from './markdown/markdown-loading.ts';
import type { TextCommand } from './markdown/text-commands.ts';

/** What can be asked of an editor by name, as by keys, in a menu or among the commands. */
export type EditorCommand = TextCommand | 'find' | 'goToLine' | 'openLink' | 'undo' | 'redo';

/** What commands are run on. */
export interface CommandTarget {
  readonly view: EditorView;
  readonly undo: () => void;
  readonly redo: () => void;
  /** A part could not be loaded; `what` begins a sentence. */
  readonly tellUnloaded: (what: string) => void;
  /** Puts a link on the clipboard, and says so. */
  readonly copyLink: (link: string) => void;
}

/** Whether a command would do anything now. Those of Markdown wait until that is loaded. */
export function canRunCommand(id: EditorCommand, view: EditorView): boolean {
  if (id === 'find' || id === 'goToLine') return true;
  if (id === 'undo' || id === 'redo') return !view.state.readOnly;
  const part = loadedMarkdown();
  if (id === 'openLink') return part?.linkAt(view.state, view.state.selection.main.head) !== undefined;
  return part?.canRunText(id, view.state) === true;
}

/** Runs a command; nothing happens if it cannot do anything. */
export function runCommand(id: EditorCommand, target: CommandTarget): void {
  const { view } = target;
  if (id === 'find') openRow(target, editorWords.search, async () => (await import('./search/search.ts')).openSearch);
  else if (id === 'goToLine')
    openRow(target, editorWords.goToLine, async () => (await import('./search/go-to-line.ts')).openGoToLine);
  else if (id === 'openLink') openLinkMenu(target, view.state.selection.main.head, true);
  else if (id === 'undo' || id === 'redo') target[id]();
  else void loadMarkdown().then((part) => part?.runText(id, view));
}

/** Shows what can be done with the link at a place of the text, in UTF-16 units. */
export function openLinkMenu(target: CommandTarget, place: number, isByKeyboard: boolean): void {
  const { view, tellUnloaded, copyLink: copy } = target;
  import('./markdown/link-menu.ts').then(
    ({ showLinkMenu }) => showLinkMenu(view, place, { isByKeyboard, copy }),
    () => tellUnloaded(editorWords.linkPart),
  );
}

/**
 * Opens a row above the text, which is loaded on first use. What is typed until then must not land in the text: it is for the field of
 * the row.
 */
function openRow(
  { view, tellUnloaded }: CommandTarget,
  what: string,
  load: () => Promise<(view: EditorView) => void>,
): void {
  view.contentDOM.blur();
  const before = document.activeElement;
  // Whoever moved the focus meanwhile keeps it.
  const isAwaited = (): boolean => document.activeElement === before;
  const ahead = new TypeAhead();
  load()
    .then(
      (open) => {
        if (!isAwaited()) return;
        open(view);
        typeIntoField(ahead.end());
      },
      () => {
        if (isAwaited()) view.focus();
        tellUnloaded(what);
      },
    )
    .finally(() => ahead.stop());
}
