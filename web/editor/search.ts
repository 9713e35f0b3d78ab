/** Search and replace, loaded when it is used for the first time. */
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { EditorState, StateEffect, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { onChord } from './keys/text-keys.ts';

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

/** The panel for search and replace. */
const searchTheme = EditorView.theme({
  '.cm-searchMatch': { backgroundColor: 'var(--match)', borderRadius: '2px' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--match-current)' },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'transparent', zIndex: '5' },
  '.cm-panels-top': { border: '0' },
  '.cm-panel.cm-search': {
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0.4rem',
    // In line with the text on the left; on the right only the button to close it needs room.
    padding: '0.6rem 3.5rem 0.6rem max(1.5rem, calc((100% - var(--measure)) / 2))',
    fontFamily: 'var(--ui)',
    fontSize: 'var(--text-s)',
    backgroundColor: 'var(--raised)',
    borderBottom: '1px solid var(--line)',
    boxShadow: 'var(--shadow-low)',
  },
  '.cm-search br': { flexBasis: '100%', content: '""' },
  '.cm-panel.cm-search input.cm-textfield': {
    flex: '0 1 14rem',
    minHeight: '2.1rem',
    margin: '0',
    padding: '0 0.7rem',
    fontSize: 'inherit',
    unicodeBidi: 'plaintext',
    color: 'var(--ink)',
    backgroundColor: 'var(--sheet)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-s)',
  },
  '.cm-panel.cm-search .cm-button': {
    minHeight: '2.1rem',
    margin: '0',
    padding: '0 0.75rem',
    fontSize: 'inherit',
    fontWeight: '550',
    color: 'var(--ink)',
    backgroundColor: 'var(--raised)',
    backgroundImage: 'none',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-s)',
  },
  '.cm-panel.cm-search .cm-button:hover': { borderColor: 'var(--line-strong)' },
  '.cm-panel.cm-search .cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--wash)' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '0.35rem',
    minHeight: '2.1rem',
    margin: '0 0.2rem',
    fontSize: 'inherit',
    color: 'var(--ink-soft)',
  },
  // No patterns: some of them ((a+)+$) search one line for hours, and nothing can stop them in a page.
  '.cm-panel.cm-search label:has([name=re])': { display: 'none' },
  '.cm-panel.cm-search input[type=checkbox]': {
    margin: '0',
    accentColor: 'var(--accent)',
    width: '1rem',
    height: '1rem',
  },
  '.cm-panel.cm-search [name=close]': {
    position: 'absolute',
    top: '0.5rem',
    right: '0.6rem',
    width: '2.25rem',
    height: '2.25rem',
    fontSize: '1.3rem',
    cursor: 'pointer',
    color: 'var(--ink-soft)',
    borderRadius: 'var(--radius-s)',
  },
  '.cm-panel.cm-search [name=close]:hover': { backgroundColor: 'var(--hover)' },
  '@media (max-width: 64rem)': {
    '.cm-panel.cm-search': { padding: '0.6rem 1rem' },
    '.cm-panel.cm-search input.cm-textfield': { flexBasis: '100%' },
    '.cm-panel.cm-search input[name=search]': { flexBasis: 'calc(100% - 3.5rem)', marginRight: '3.1rem' },
    '.cm-panel.cm-search br': { display: 'none' },
  },
  '@media (pointer: coarse)': {
    '.cm-panel.cm-search input.cm-textfield, .cm-panel.cm-search .cm-button, .cm-panel.cm-search label': {
      minHeight: 'var(--touch)',
    },
    '.cm-panel.cm-search [name=close]': { width: 'var(--touch)', height: 'var(--touch)' },
  },
});

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
