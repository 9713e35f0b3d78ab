/** Finding and replacing, loaded when it is used for the first time. */
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { StateEffect, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { findWords } from '../../words/en/find.ts';
import { onShortcut } from '../keys/text-keys.ts';
import { FindPanel } from './find-panel.ts';
import { panelTheme } from './panel-parts.ts';
import { saySearch } from './phrases.ts';

const findTheme = EditorView.theme({
  '.cm-searchMatch': { backgroundColor: 'var(--match)', borderRadius: '2px' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--match-current)' },
  '.weft-second': { display: 'contents' },
  '.weft-icon.weft-more': { display: 'none' },
  '@container (max-width: 54rem)': {
    '.weft-find .weft-row': { flexWrap: 'wrap', rowGap: '0', gap: '0.125rem', paddingInline: '0.75rem 0.5rem' },
    '.weft-find .weft-row > .weft-counted': { flex: '1 1 8rem' },
    '.weft-find .weft-icon.weft-more': { display: 'grid' },
    '.weft-find .weft-second': {
      display: 'none',
      order: '1',
      flex: '1 0 100%',
      alignItems: 'center',
      gap: '0.25rem',
      paddingBlockEnd: '0.375rem',
    },
    '.weft-find.is-open .weft-second': { display: 'flex' },
    '.weft-find .weft-second > .weft-grows': { flex: '1 1 6rem', minWidth: '0' },
    '.weft-find .weft-last': { marginInlineStart: '0' },
  },
  // One row even on the narrowest phones.
  '@container (max-width: 22rem)': {
    '.weft-find .weft-row > .weft-counted': { flexBasis: '6rem' },
    '.weft-find.weft-panel .weft-counted input': { paddingInline: '0.5rem 3.5rem' },
    '.weft-find .weft-count': { insetInlineEnd: '0.5rem', maxWidth: '3rem' },
  },
});

const scope = 'editor search-panel';

function finding(): Extension {
  return [
    search({ top: true, literal: true, createPanel: (view) => new FindPanel(view) }),
    keymap.of([
      onShortcut('findNext', findNext, scope),
      onShortcut('findPrevious', findPrevious, scope),
      { key: 'Escape', run: closeSearchPanel, scope },
    ]),
    panelTheme,
    findTheme,
  ];
}

saySearch({
  'current match': findWords.currentMatch,
  'on line': findWords.onLine,
  'replaced match on line $': findWords.replacedOnLine,
  'replaced $ matches': findWords.replacedMany,
});

const equipped = new WeakSet<EditorView>();

/** Opens the row for finding and replacing. */
export function openSearch(view: EditorView): void {
  if (!equipped.has(view)) {
    equipped.add(view);
    view.dispatch({ effects: StateEffect.appendConfig.of(finding()) });
  }
  openSearchPanel(view);
}
