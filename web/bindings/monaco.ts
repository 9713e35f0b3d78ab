import type { editor as monaco } from 'monaco-editor';
import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { SelectionRange } from '../../shared/text/position.ts';
import { canWrite } from '../editor/binding/can-write.ts';
import { SessionBinding } from '../editor/binding/session-binding.ts';
import { MonacoCaretWidgets } from './monaco-carets.ts';
import { editFromMonaco, MonacoView } from './monaco-view.ts';

export interface MonacoOptions {
  /** Carets and selections of the others are drawn, unless false. */
  readonly carets?: boolean | undefined;
  /** Their names are shown at carets that just moved, unless false. */
  readonly names?: boolean | undefined;
}

/** A letter, or a syllable that takes the place of another one, in UTF-16 units. */
const LONGEST_TYPED = 4;

/**
 * Makes a Monaco editor, with the model that it has now, an editor of the session's document. Once the session is ready, its text takes
 * the place of what the model has; until then, and whenever the session takes no edits, the editor is read-only. Undo takes back one's
 * own edits alone. Returns the function that ends it; the session stays its owner's. It ends by itself when the editor is disposed or
 * gets another model.
 */
export function bindMonaco(
  session: DocumentSession,
  editor: monaco.ICodeEditor,
  { carets = true, names = true }: MonacoOptions = {},
): () => void {
  const model = editor.getModel();
  if (model === null) throw new TypeError('The editor has no model');
  const bound = new BoundMonaco(
    session,
    editor,
    model,
    carets ? new MonacoCaretWidgets(editor, model, names) : undefined,
  );
  return () => bound.end();
}

class BoundMonaco {
  readonly #session: DocumentSession;
  readonly #editor: monaco.ICodeEditor;
  readonly #model: monaco.ITextModel;
  readonly #carets: MonacoCaretWidgets | undefined;
  readonly #binding: SessionBinding;
  readonly #view: MonacoView;
  readonly #wasReadOnly: boolean;
  readonly #endings: (() => void)[];
  #isAttached = false;
  #isEnded = false;
  #hasBeenFocused: boolean;
  /** What is selected; while Monaco tells of a change, what was selected before it. */
  #selections: readonly SelectionRange[];

  constructor(
    session: DocumentSession,
    editor: monaco.ICodeEditor,
    model: monaco.ITextModel,
    carets: MonacoCaretWidgets | undefined,
  ) {
    this.#session = session;
    this.#editor = editor;
    this.#model = model;
    this.#carets = carets;
    this.#binding = new SessionBinding(session);
    this.#view = new MonacoView(editor, model, carets);
    this.#wasReadOnly = this.#view.isReadOnly;
    this.#hasBeenFocused = editor.hasTextFocus();
    this.#selections = this.#view.selections;
    this.#endings = [
      ...(['ready', 'status', 'role'] as const).map((event) => session.on(event, () => this.#refresh())),
      ...this.#listen().map((listener) => () => listener.dispose()),
      retractBySession(model, this.#binding),
    ];
    this.#binding.begin();
    this.#refresh();
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const end of this.#endings) end();
    this.#binding.destroy();
    this.#carets?.end();
    this.#editor.updateOptions({ readOnly: this.#wasReadOnly });
    this.#session.setSelection(null);
  }

  #refresh(): void {
    if (!this.#isAttached && this.#session.isReady) {
      this.#isAttached = true;
      this.#binding.attach(this.#view);
      this.#binding.showAll();
    }
    const readOnly = this.#wasReadOnly || !this.#isAttached || !canWrite(this.#session);
    if (readOnly !== this.#view.isReadOnly) this.#editor.updateOptions({ readOnly });
  }

  #listen() {
    const [binding, view, editor] = [this.#binding, this.#view, this.#editor];
    return [
      this.#model.onDidChangeContent((event) => this.#heed(event)),
      editor.onDidChangeCursorSelection(() => this.#tellSelection()),
      editor.onDidCompositionStart(() => (view.isComposing = true)),
      editor.onDidCompositionEnd(() => {
        view.isComposing = false;
        binding.releaseSoon();
      }),
      editor.onDidFocusEditorText(() => {
        this.#hasBeenFocused = true;
        this.#tellSelection();
      }),
      editor.onDidBlurEditorText(() => binding.releaseSoon()),
      editor.onDidChangeModel(() => this.end()),
      editor.onDidDispose(() => this.end()),
    ];
  }

  #heed({ changes, isEolChange }: monaco.IModelContentChangedEvent): void {
    if (this.#view.isShowing) return;
    if (!isEolChange) {
      const edit = editFromMonaco(changes);
      const isTyping = changes.every(({ text, rangeLength }) => Math.max(text.length, rangeLength) <= LONGEST_TYPED);
      this.#binding.take({ edit, selection: this.#selections, isTyping });
      this.#carets?.carry(edit);
      if (this.#view.isComposing) this.#binding.extendHold();
    }
    this.#view.useLineFeeds();
  }

  #tellSelection(): void {
    this.#selections = this.#view.selections;
    if (this.#hasBeenFocused && this.#isAttached) this.#binding.tellSelection(this.#selections);
  }
}

/**
 * Has the session undo and redo, whoever asks the model to: keys, menus, the command palette, scripts. Monaco's own history knows edits
 * of others as well. Returns what gives the model back its own.
 */
function retractBySession(model: monaco.ITextModel, binding: SessionBinding): () => void {
  const own = { undo: () => void binding.retract('undo'), redo: () => void binding.retract('redo') };
  Object.assign(model, own);
  return () => {
    for (const name of ['undo', 'redo'] as const) if (model[name] === own[name]) Reflect.deleteProperty(model, name);
  };
}
