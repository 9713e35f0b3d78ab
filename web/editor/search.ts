/** Search and replace, loaded when it is used for the first time. */
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { EditorState, StateEffect, type Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { onChord } from './keys.ts';
import { searchTheme } from './search-theme.ts';

const PHRASES = {
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
};

const scope = 'editor search-panel';
const extension: Extension = [
  search({ top: true }),
  EditorState.phrases.of(PHRASES),
  keymap.of([
    { key: 'F3', run: findNext, shift: findPrevious, scope, preventDefault: true },
    onChord('g', (view, shift) => void (shift ? findPrevious : findNext)(view), scope),
    { key: 'Escape', run: closeSearchPanel, scope },
  ]),
  searchTheme,
];

const equipped = new WeakSet<EditorView>();

/** Opens the panel for search and replace. */
export function openSearch(view: EditorView): void {
  if (!equipped.has(view)) {
    equipped.add(view);
    view.dispatch({ effects: StateEffect.appendConfig.of(extension) });
  }
  openSearchPanel(view);
}
