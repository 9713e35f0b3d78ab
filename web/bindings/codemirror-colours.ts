import { EditorView } from '@codemirror/view';

/** What our own pages say of colours and letters, for the carets of others in a page that says nothing of them. */
export const personColours = EditorView.baseTheme({
  '.weft-names': { '--ui': 'system-ui, sans-serif', '--sheet': '#ffffff', '--ink-soft': '#52525b' },
  '&light .person': {
    '--person-ink': 'var(--person)',
    '--person-wash': 'color-mix(in srgb, var(--person) 16%, transparent)',
  },
  // On a dark ground the colour of a person is too dark for a line.
  '&dark .person': {
    '--person-ink': 'color-mix(in srgb, var(--person) 60%, white)',
    '--person-wash': 'color-mix(in srgb, var(--person) 30%, transparent)',
  },
});
