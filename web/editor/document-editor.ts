import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { DocumentSession } from '../../shared/client/document-session.ts';
import { editorWords } from '../words/en/editor.ts';
import { canRunCommand, openLinkMenu, runCommand, type EditorCommand } from './editor-commands.ts';
import {
  ChangingParts,
  editorExtensions,
  worded,
  writing,
  type EditorText,
  type TextOptions,
} from './editor-extensions.ts';
import { ShownSettings } from './shown-settings.ts';
import type { TextSettings } from './text-settings.ts';
import { adoptEditorStyles } from './theme.ts';
import { CodeMirrorBinding } from './binding/codemirror-binding.ts';
import { loadMarkdown, loadedMarkdown, type MarkdownPart } from './markdown/markdown-loading.ts';
import { nextFrame, nextTask } from './binding/pace.ts';
import type { Whereabouts } from './carets/whereabouts.ts';
import { remoteCarets } from './carets/remote-caret.ts';
import type { ScrollLines } from './scroll-lines.ts';
import { TextView } from './text-direction.ts';

export interface EditorOptions extends TextOptions {
  readonly session: DocumentSession;
  readonly parent: HTMLElement;
  /** Where the carets of the others are, by session. */
  onWhereabouts(places: ReadonlyMap<string, Whereabouts>): void;
  /** Parsing Markdown made the page hang; the text is plain until `showMarkdown`. */
  onPlain(): void;
  /** A part of the editor could not be loaded; `what` begins a sentence for the person, who may ask for it again. */
  onUnloaded(what: string): void;
  /** Somebody wants to copy a link of the text. */
  onCopyLink(link: string): void;
}

/** Where somebody is in a text: caret and selection in UTF-16 units, and how far it is scrolled. */
export interface EditorPlace {
  readonly anchor: number;
  readonly head: number;
  readonly scroll: ReturnType<EditorView['scrollSnapshot']>;
  readonly hasFocus: boolean;
}

/** Milliseconds before a part that did not come is asked for again. */
const RETRY = 5_000;

/** Prepares the first editor of a page while the text is still being loaded. */
export function prepareEditor(): void {
  adoptEditorStyles(document);
  void loadMarkdown();
}

/** The text of a document in a page. */
export class DocumentEditor {
  readonly #binding: CodeMirrorBinding;
  readonly #changing = new ChangingParts();
  readonly #tellPlain: () => void;
  readonly #signal: AbortSignal;
  readonly #tellUnloaded: (what: string) => void;
  readonly #copyLink: (link: string) => void;
  #view!: EditorView;
  #hasView = false;
  #lines: ScrollLines | undefined;
  /** Whether the text is read as Markdown: not yet, yes, or no longer, because it took too long. */
  #reading: 'awaited' | 'markdown' | 'plain' = 'awaited';
  #followed: string | undefined;
  #words: EditorText;
  readonly #settings: ShownSettings;

  private constructor(options: EditorOptions, signal: AbortSignal) {
    this.#signal = signal;
    this.#words = options;
    this.#tellPlain = () => options.onPlain();
    this.#tellUnloaded = (what) => options.onUnloaded(what);
    this.#copyLink = (link) => options.onCopyLink(link);
    this.#settings = new ShownSettings(this.#changing.showing, signal, this.#tellUnloaded);
    this.#binding = new CodeMirrorBinding(options.session, () => options.onProblem(editorWords.refused));
  }

  /**
   * Shows the text of a session that is ready. A long text takes a tenth of a second, so this is done in steps, between which the
   * page responds. `signal` ends the editor; undefined if it was aborted before the editor was open.
   */
  static async open(options: EditorOptions, signal: AbortSignal): Promise<DocumentEditor | undefined> {
    prepareEditor();
    const editor = new DocumentEditor(options, signal);
    const binding = editor.#binding;
    const isOver = (): Promise<boolean> => nextTask().then(() => signal.aborted);
    if (await isOver()) return undefined;
    signal.addEventListener('abort', () => binding.destroy());
    binding.begin();
    const { doc } = EditorState.create({ doc: options.session.text.toString() });
    if (await isOver()) return undefined;
    const state = EditorState.create({ doc, extensions: editor.#extensions(options) });
    if (await isOver()) return undefined;
    editor.#view = new TextView({
      state,
      root: options.parent.getRootNode() as Document | ShadowRoot,
      dispatchTransactions: (transactions, view) => binding.dispatch(transactions, view),
    });
    editor.#hasView = true;
    signal.addEventListener('abort', () => editor.#view.destroy());
    // The very first step of reading may have been the slow one.
    if (editor.#reading === 'plain') editor.#stopReading();
    if (await isOver()) return undefined;
    options.parent.append(editor.#view.dom);
    binding.attach(editor.#view);
    if (editor.#reading !== 'plain') void editor.showMarkdown();
    void editor.#showOthers(options);
    return editor;
  }

  /** Draws what the others do, which the first letters on the screen do not need. Tried again until it is loaded. */
  async #showOthers(options: EditorOptions): Promise<void> {
    const part = await import('./carets/others.ts').catch(() => undefined);
    if (this.#signal.aborted) return;
    if (part === undefined) {
      const again = setTimeout(() => void this.#showOthers(options), RETRY);
      this.#signal.addEventListener('abort', () => clearTimeout(again));
      return;
    }
    const onReveal = (sessionId: string): void => {
      options.onOwnAction();
      this.reveal(sessionId);
    };
    const onWhereabouts = (places: ReadonlyMap<string, Whereabouts>): void => options.onWhereabouts(places);
    this.#view.dispatch({ effects: this.#changing.others.reconfigure(part.others({ onWhereabouts, onReveal })) });
  }

  /** The text as it is shown; what others do comes a moment after it is in the session. */
  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** What scrolls the text by its lines; loaded on first use. */
  async scrollLines(): Promise<ScrollLines> {
    const { ScrollLines } = await import('./scroll-lines.ts');
    return (this.#lines ??= new ScrollLines(this.#view));
  }

  /** Where somebody is in the text; for `goTo`, also of an editor that shows the same document anew. */
  get place(): EditorPlace {
    const { anchor, head } = this.#view.state.selection.main;
    return { anchor, head, scroll: this.#view.scrollSnapshot(), hasFocus: this.#view.hasFocus };
  }

  /** Restores caret and scroll position, as far as the text still goes. */
  goTo({ anchor, head, scroll }: EditorPlace): void {
    const { length } = this.#view.state.doc;
    this.#view.dispatch({
      selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) },
      effects: scroll,
    });
  }

  /** Puts the caret at a place, in UTF-16 units, and its line near the top of the screen. */
  jumpTo(position: number): void {
    const anchor = Math.min(position, this.#view.state.doc.length);
    this.#view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'start', yMargin: 16 }),
    });
  }

  /** Selects, as far as the text goes; positions in UTF-16 units. */
  select(anchor: number, head: number): void {
    const { length } = this.#view.state.doc;
    const clamp = (place: number): number => Math.max(0, Math.min(Math.trunc(place) || 0, length));
    this.#view.dispatch({ selection: { anchor: clamp(anchor), head: clamp(head) }, scrollIntoView: true });
  }

  /** Scrolls to a place, in UTF-16 units; the caret stays where it is. */
  scrollTo(position: number): void {
    const place = Math.max(0, Math.min(Math.trunc(position) || 0, this.#view.state.doc.length));
    this.#view.dispatch({ effects: EditorView.scrollIntoView(place, { y: 'start', yMargin: 16 }) });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Types a text at the caret. */
  type(text: string): void {
    if (text === '') return;
    this.#view.dispatch(this.#view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
  }

  /** Runs a command by its name. Nothing happens if it cannot do anything. */
  run(id: EditorCommand): void {
    runCommand(id, this.#target);
  }

  /** Whether a command would do anything now. */
  canRun(id: EditorCommand): boolean {
    return canRunCommand(id, this.#view);
  }

  /**
   * Shows the text with numbers at its lines, with all but one paragraph faint, or without marks of misspelt words, from now on. Also
   * to be called when the size of the letters has changed, `--reading-size` of the page, which the view does not notice by itself.
   */
  show(settings: TextSettings): void {
    this.#settings.show(settings, this.#view);
  }

  undo(): void {
    this.#binding.undo();
  }

  redo(): void {
    this.#binding.redo();
  }

  /** Shows the text as Markdown, as soon as that is loaded; until then the text is plain. */
  async showMarkdown(): Promise<void> {
    const part = await loadMarkdown();
    if (part === undefined || this.#signal.aborted) return;
    if (this.#reading !== 'markdown')
      this.#view.dispatch({ effects: this.#changing.markdown.reconfigure(this.#markdownOf(part)) });
    // What is not on the screen must not delay what is.
    await nextFrame();
    await part.readAhead(this.#view, this.#signal);
  }

  /** What screen readers call the text, and what stands in it while it is empty. */
  setWords(words: EditorText): void {
    if (words.label === this.#words.label && words.placeholder === this.#words.placeholder) return;
    this.#words = words;
    this.#view.dispatch({ effects: this.#changing.words.reconfigure(worded(words)) });
  }

  setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly === this.#view.state.readOnly) return;
    this.#view.dispatch({ effects: this.#changing.writing.reconfigure(writing(isReadOnly)) });
  }

  /** Scrolls to somebody's caret. False if they have none. */
  reveal(sessionId: string): boolean {
    const caret = this.#view.state.field(remoteCarets).find((one) => one.sessionId === sessionId);
    if (caret === undefined) return false;
    this.#view.dispatch({ effects: EditorView.scrollIntoView(caret.head, { y: 'center' }) });
    return true;
  }

  /** Keeps somebody's caret in view from now on; undefined ends it. */
  follow(sessionId: string | undefined): void {
    this.#followed = sessionId;
    if (sessionId !== undefined) this.reveal(sessionId);
  }

  /** Markdown for this view, which goes back to plain text if parsing takes too long. */
  #markdownOf({ markdown }: MarkdownPart): Extension {
    this.#reading = 'markdown';
    return markdown({
      onSlow: () => {
        this.#reading = 'plain';
        // A view cannot be changed while it reads.
        queueMicrotask(() => {
          if (!this.#signal.aborted && this.#hasView) this.#stopReading();
        });
      },
      onLink: (place) => openLinkMenu(this.#target, place, false),
    });
  }

  get #target() {
    return {
      view: this.#view,
      undo: () => this.#binding.undo(),
      redo: () => this.#binding.redo(),
      tellUnloaded: this.#tellUnloaded,
      copyLink: this.#copyLink,
    };
  }

  #extensions(options: EditorOptions): Extension {
    const part = loadedMarkdown();
    return editorExtensions(options, this.#changing, {
      binding: this.#binding.extension,
      markdown: part === undefined ? [] : this.#markdownOf(part),
      run: (id) => this.run(id),
      followed: () => this.#followed,
      isEmbedded: options.parent.getRootNode() !== document,
    });
  }

  #stopReading(): void {
    this.#view.dispatch({ effects: this.#changing.markdown.reconfigure([]) });
    this.#tellPlain();
  }
}
