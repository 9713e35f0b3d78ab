import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { SelectionRange } from '../../shared/text/position.ts';
import { canWrite } from '../editor/binding/can-write.ts';
import { SessionBinding } from '../editor/binding/session-binding.ts';
import { TextareaView, type TextField } from './textarea-view.ts';

/**
 * Makes a text field of the page an editor of the session's document. Once the session is ready, its text takes the place of what the
 * field shows; until then, and whenever the session takes no edits, the field is read-only. Undo takes back one's own edits alone.
 * Returns the function that ends it; the session stays its owner's.
 */
export function bindTextarea(session: DocumentSession, element: HTMLTextAreaElement | HTMLInputElement): () => void {
  const bound = new BoundField(session, element);
  return () => bound.end();
}

class BoundField {
  readonly #session: DocumentSession;
  readonly #field: TextField;
  readonly #binding: SessionBinding;
  readonly #view: TextareaView;
  readonly #wasReadOnly: boolean;
  readonly #ending = new AbortController();
  readonly #endings: (() => void)[];
  #isAttached = false;
  #hasBeenFocused: boolean;
  /** What was selected before the edit that is under way, and whether that is typing. */
  #before: SelectionRange;
  #isTyping = false;

  constructor(session: DocumentSession, field: TextField) {
    this.#session = session;
    this.#field = field;
    this.#binding = new SessionBinding(session);
    this.#view = new TextareaView(field, (edit) =>
      this.#binding.take({ edit, selection: [this.#before], isTyping: this.#isTyping }),
    );
    this.#wasReadOnly = field.readOnly;
    this.#hasBeenFocused = field.matches(':focus');
    this.#before = this.#view.selection;
    this.#listen();
    this.#binding.begin();
    this.#endings = (['ready', 'status', 'role'] as const).map((event) => session.on(event, () => this.#refresh()));
    this.#refresh();
  }

  end(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    for (const end of this.#endings) end();
    this.#binding.destroy();
    this.#field.readOnly = this.#wasReadOnly;
    this.#session.setSelection(null);
  }

  #refresh(): void {
    if (!this.#isAttached && this.#session.isReady) {
      this.#isAttached = true;
      this.#binding.attach(this.#view);
      this.#binding.showAll();
    }
    this.#field.readOnly = this.#wasReadOnly || !this.#isAttached || !canWrite(this.#session);
  }

  #listen(): void {
    const [binding, view] = [this.#binding, this.#view];
    this.#on('beforeinput', (event) => {
      if (binding.retractOn(event)) return;
      this.#before = view.selection;
      this.#isTyping = /^(insertText|insertCompositionText|delete)/.test(event.inputType);
    });
    this.#on('input', () => {
      if (view.isShowing) return;
      view.look();
      this.#isTyping = false;
      this.#tellSelection();
    });
    this.#on('keydown', (event) => void binding.retractOn(event));
    this.#on('compositionstart', () => (view.isComposing = true));
    this.#on('compositionupdate', () => binding.extendHold());
    this.#on('compositionend', () => {
      view.isComposing = false;
      binding.releaseSoon();
    });
    this.#on('blur', () => binding.releaseSoon());
    this.#on('focus', () => {
      this.#hasBeenFocused = true;
      this.#tellSelection();
    });
    for (const name of ['selectionchange', 'keyup', 'pointerup', 'select'] as const)
      this.#on(name, () => this.#tellSelection());
  }

  #tellSelection(): void {
    if (this.#hasBeenFocused && this.#isAttached) this.#binding.tellSelection([this.#view.selection]);
  }

  #on<Name extends keyof HTMLElementEventMap>(name: Name, handle: (event: HTMLElementEventMap[Name]) => void): void {
    this.#field.addEventListener(name, handle as EventListener, { signal: this.#ending.signal });
  }
}
