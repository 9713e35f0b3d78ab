/** How somebody wants the text to be shown, loaded when they want it otherwise than it is at first. */
import { Prec, RangeSetBuilder, type EditorState, type Extension, type Line } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

export interface TextSettings {
  readonly hasLineNumbers: boolean;
  /** Only the paragraph of the caret is in full ink. */
  readonly isFocused: boolean;
  /** The browser marks words that it does not know. */
  readonly checksSpelling: boolean;
}

/** What shows the text so. */
export function settingsExtension({ hasLineNumbers, isFocused, checksSpelling }: TextSettings): Extension {
  return [
    hasLineNumbers ? [numbered, NUMBERS] : [],
    isFocused ? [focused, FOCUS] : [],
    checksSpelling ? [] : Prec.highest(EditorView.contentAttributes.of({ spellcheck: 'false' })),
  ];
}

/** Decorates the lines that are drawn, each by itself. */
function eachLine(
  decorationOf: (line: Line, state: EditorState) => Decoration | undefined,
  isDue: (update: ViewUpdate) => boolean,
): Extension {
  const decorate = ({ state, viewport }: EditorView): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>();
    for (let position = viewport.from; position <= viewport.to;) {
      const line = state.doc.lineAt(position);
      const decoration = decorationOf(line, state);
      if (decoration !== undefined) builder.add(line.from, line.from, decoration);
      position = line.to + 1;
    }
    return builder.finish();
  };
  return ViewPlugin.fromClass(
    class {
      lines: DecorationSet;

      constructor(view: EditorView) {
        this.lines = decorate(view);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged || isDue(update)) this.lines = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.lines },
  );
}

const numbered = eachLine(
  ({ number }) => Decoration.line({ class: 'weft-numbered', attributes: { 'data-number': String(number) } }),
  () => false,
);

/** The numbers lie in the margin, beside the text and not in it: nothing of them is selected, copied or read out. */
const NUMBERS = EditorView.theme({
  '&': { '--text-least': '3.25rem' },
  '.weft-numbered::before': {
    content: 'attr(data-number) / ""',
    position: 'absolute',
    // Beside the column, behind the marks of headings that hang there; at the edge where there is no more room.
    insetInlineStart: 'max(0px, var(--column-start) - 5.25rem)',
    width: '2.5rem',
    direction: 'ltr',
    textAlign: 'end',
    textIndent: '0',
    font: '400 var(--text-xs)/calc(var(--reading-size, 1.0625rem) * 1.72) var(--ui)',
    fontVariantNumeric: 'tabular-nums',
    color: 'var(--ink-faint)',
    userSelect: 'none',
    pointerEvents: 'none',
  },
});

const quiet = Decoration.line({ class: 'weft-quiet' });
/** Lines to each side that a paragraph is looked for; a text without blank lines is one paragraph, and then all is in ink. */
const LONGEST_PARAGRAPH = 500;

/** The first and the last line of the paragraph that the caret is in; that line alone, if it is blank. */
export function paragraphAround({ doc, selection }: EditorState): { readonly first: number; readonly last: number } {
  const { number, text } = doc.lineAt(selection.main.head);
  const isWritten = (line: number): boolean => doc.line(line).text.trim() !== '';
  let [first, last] = [number, number];
  if (text.trim() === '') return { first, last };
  while (first > 1 && number - first < LONGEST_PARAGRAPH && isWritten(first - 1)) first -= 1;
  while (last < doc.lines && last - number < LONGEST_PARAGRAPH && isWritten(last + 1)) last += 1;
  return { first, last };
}

const focused = eachLine(
  ({ number }, state) => {
    const { first, last } = paragraphAround(state);
    return number < first || number > last ? quiet : undefined;
  },
  ({ selectionSet }) => selectionSet,
);

const FOCUS = EditorView.theme({
  '@media not (forced-colors: active)': {
    '.cm-line': { transition: 'opacity var(--calm) var(--ease)' },
    '.weft-quiet': { opacity: '0.4' },
  },
  '@media (prefers-reduced-motion: reduce)': { '.cm-line': { transition: 'none' } },
  '@media print': { '.weft-quiet': { opacity: '1' } },
});
