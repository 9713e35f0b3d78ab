import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { following, ownActions } from './carets/following.ts';
import type { SelectionRange } from '../../shared/text/position.ts';
import { remoteCarets } from './carets/remote-caret.ts';
import type { EditorCommand } from './editor-commands.ts';
import { fileDrop } from './files/file-drop.ts';
import { foreignElements } from './foreign-elements.ts';
import { onShortcut, textKeys } from './keys/text-keys.ts';
import { textColumn } from './place/column.ts';
import { embeddedText } from './place/embedded-text.ts';
import { holdLine } from './place/hold-line.ts';
import { returningFocus } from './returning-focus.ts';
import { searchPhrases } from './search/phrases.ts';
import { lengthLimit } from './length-limit.ts';
import { lineDirection } from './text-direction.ts';
import { editorTheme } from './theme.ts';

/** The words of an editor, in the chosen language. */
export interface EditorText {
  /** What screen readers call the text. */
  readonly label: string;
  readonly placeholder: string;
}

/** What the text itself needs to know of its page. */
export interface TextOptions extends EditorText {
  readonly isReadOnly: boolean;
  /** The person typed, clicked, scrolled or pressed a key: following somebody ends. */
  onOwnAction(): void;
  /** Something did not work; a sentence for the person. The text stays as it was. */
  onProblem(message: string): void;
  /** The selected text, empty if nothing is selected or too much; and where that is, in UTF-16 units. */
  onSelection(selected: string, range: SelectionRange): void;
  /** UTF-16 units at which own typing ends; undefined if there is no such limit. Asked at each edit. */
  readonly maximum?: (() => number | undefined) | undefined;
}

/** What of an editor changes while it is open. */
export class ChangingParts {
  readonly writing = new Compartment();
  readonly markdown = new Compartment();
  readonly showing = new Compartment();
  readonly words = new Compartment();
  readonly others = new Compartment();
}

/** What an editor brings of its own. */
interface OwnParts {
  /** Binds the text to its session. */
  readonly binding: Extension;
  /** In a page of somebody else. */
  readonly isEmbedded: boolean;
  /** What reads the text as Markdown, as far as that is loaded. */
  readonly markdown: Extension;
  readonly run: (id: EditorCommand) => void;
  /** The session whose caret is kept in view. */
  readonly followed: () => string | undefined;
}

/** Selections longer than this, in UTF-16 units, are not handed out for counting. */
const LONGEST_SELECTION = 200_000;

/** What an editor consists of when it is opened; the rest comes into its changing parts. */
export function editorExtensions(options: TextOptions, changing: ChangingParts, own: OwnParts): Extension {
  const { binding, markdown, run, followed, isEmbedded } = own;
  return [
    isEmbedded ? embeddedText : [],
    options.maximum === undefined ? [] : lengthLimit(options.maximum, (message) => options.onProblem(message)),
    foreignElements,
    returningFocus,
    keymap.of([
      onShortcut('find', () => run('find'), 'editor search-panel'),
      onShortcut('goToLine', () => run('goToLine'), 'editor search-panel'),
      ...(['bold', 'italic', 'link'] as const).map((id) => onShortcut(id, () => run(id))),
    ]),
    binding,
    fileDrop((message) => options.onProblem(message)),
    changing.markdown.of(markdown),
    keymap.of(textKeys),
    changing.writing.of(writing(options.isReadOnly)),
    EditorView.lineWrapping,
    lineDirection,
    EditorView.contentAttributes.of({
      'data-testid': 'editor',
      part: 'content',
      // Editable text can be focused anyway; this tells tools, and keeps read-only text focusable.
      tabindex: '0',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
    }),
    changing.words.of(worded(options)),
    highlightSpecialChars(),
    remoteCarets,
    changing.others.of([]),
    textColumn,
    holdLine,
    searchPhrases,
    ownActions(() => options.onOwnAction()),
    following(followed),
    EditorView.updateListener.of((update) => {
      if (!update.selectionSet && !update.docChanged) return;
      const { main } = update.state.selection;
      const isShort = main.to - main.from <= LONGEST_SELECTION;
      options.onSelection(isShort ? update.state.sliceDoc(main.from, main.to) : '', main);
    }),
    editorTheme,
    changing.showing.of([]),
  ];
}

export function worded({ label, placeholder: text }: EditorText): Extension {
  return [EditorView.contentAttributes.of({ 'aria-label': label }), placeholder(text)];
}

export function writing(isReadOnly: boolean): Extension {
  if (!isReadOnly) return [];
  return [EditorState.readOnly.of(true), EditorView.editable.of(false)];
}
