import type { WeftEditorElement } from '../contract.ts';
import type { EmbeddedEditor } from '../editor/embedded-editor.ts';

/** The name of the element. */
export const TAG = 'weft-editor';

/** Options that are attributes, too; those of the second list are there or not. */
const TEXTS = [
  'document',
  'server',
  'mode',
  'name',
  'placeholder',
  'theme',
  'loading',
  'presence',
  'toolbar',
  'status',
];
const FLAGS = ['readonly', 'disabled', 'required', 'lineNumbers', 'flushOnSubmit'];
/** Never attributes: they are secret, or no texts. */
const OBJECTS = ['token', 'user', 'link', 'credentials'];
/** What is read of the editor, and what it is before there is one. */
const TOLD = { value: '', state: 'connecting', unsaved: 0, version: 0, role: null, people: [], session: undefined };
const ASKED = ['select', 'insertText', 'replaceRange', 'undo', 'redo', 'follow', 'disconnect', 'flush'];
const SAVING = ['flush', 'disconnect'];
const OF_FORM = ['form', 'labels', 'validity', 'validationMessage', 'willValidate'];

/** While a framework has not given everything to the element that a server wrote, it waits (the defer-hydration protocol). */
const WAITS = 'defer-hydration';

/** Milliseconds after which an editor that could not be loaded is asked for again. */
const RETRY = 5_000;

const attributeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The server has no pages where it renders; there, this is only a class that nobody makes. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * `<weft-editor>`: what a page needs at once. The editor itself is loaded when the first one is to be seen, and does everything else.
 * Kept small, because every page of a host loads it; contract.ts says what the members mean.
 */
export class WeftEditor extends Base {
  static formAssociated = true;
  static observedAttributes = [...TEXTS, ...FLAGS, 'maxlength', 'lang', WAITS].map(attributeOf);
  /** The server that the script came from, if it is a script of its own. */
  static scriptServer: string | undefined;

  #internals = this.attachInternals();
  #root = this.attachShadow({ mode: 'open' });
  #given: Record<string, unknown> = {};
  #editor: EmbeddedEditor | undefined;
  #start!: () => void;
  #hasBegun = false;
  /** Resolves once the editor is loaded; made to begin by being connected. */
  #loaded = new Promise<void>((resolve) => (this.#start = resolve)).then(() => this.#load());

  static {
    const define = (name: string, property: PropertyDescriptor): void =>
      void Object.defineProperty(this.prototype, name, { configurable: true, enumerable: true, ...property });
    for (const name of TEXTS)
      define(name, {
        get(this: WeftEditor) {
          return this.getAttribute(name) ?? '';
        },
        set(this: WeftEditor, value: unknown) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, value as string);
        },
      });
    for (const name of FLAGS)
      define(name, {
        get(this: WeftEditor) {
          return this.hasAttribute(attributeOf(name));
        },
        set(this: WeftEditor, value: unknown) {
          this.toggleAttribute(attributeOf(name), !!value);
        },
      });
    for (const name of OBJECTS)
      define(name, {
        get(this: WeftEditor) {
          return this.#given[name];
        },
        set(this: WeftEditor, value: unknown) {
          this.#given[name] = value;
          this.#editor?.changed(name);
        },
      });
    for (const [name, before] of Object.entries(TOLD))
      define(name, {
        get(this: WeftEditor) {
          return this.#editor?.[name as 'value'] ?? before;
        },
      });
    for (const name of ASKED)
      define(name, {
        async value(this: WeftEditor, ...given: []) {
          // Not begun, it has nothing to save or to leave. Whatever else is asked of it makes it begin, also far from the screen.
          if (!this.#hasBegun && (!this.isConnected || SAVING.includes(name))) return undefined;
          await this.#begin();
          return this.#editor![name as 'undo'](...given);
        },
      });
    for (const name of OF_FORM)
      define(name, {
        get(this: WeftEditor) {
          return this.#internals[name as 'form'];
        },
      });
  }

  get maxlength(): number | undefined {
    const length = parseInt(this.getAttribute('maxlength') ?? '');
    return length >= 0 ? length : undefined;
  }

  set maxlength(value: number | undefined) {
    if (value === undefined) this.removeAttribute('maxlength');
    else this.setAttribute('maxlength', `${value}`);
  }

  get type(): string {
    return TAG;
  }

  get transport(): 'socket' {
    return 'socket';
  }

  get ready(): Promise<void> {
    return this.#loaded.then(() => this.#editor!.ready);
  }

  override focus(): void {
    void this.#begin().then(() => this.#editor!.focus());
  }

  override scrollTo(...given: [options?: ScrollToOptions | number, y?: number]): void {
    const [position] = given;
    if (typeof position !== 'number' || given.length > 1) super.scrollTo(...(given as []));
    else void this.#begin().then(() => this.#editor!.scrollTo(position));
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  connectedCallback(): void {
    // What the host set before the script was there.
    for (const name of [...TEXTS, ...FLAGS, ...OBJECTS, 'maxlength'])
      if (Object.hasOwn(this, name)) {
        const value = this[name as 'title'];
        delete (this as Partial<this>)[name as 'title'];
        this[name as 'title'] = value;
      }
    // The content between the tags, until the editor is there.
    if (!this.#root.firstChild) this.#root.append(document.createElement('slot'));
    if (this.hasAttribute(WAITS)) return;
    if (this.#editor) this.#editor.attached();
    else if (this.getAttribute('loading') !== 'lazy') void this.#begin();
    else
      new IntersectionObserver(
        ([entry], observer) => {
          if (!entry!.isIntersecting) return;
          observer.disconnect();
          void this.#begin();
        },
        { rootMargin: '50%' },
      ).observe(this);
  }

  /** Nothing, which tells the browser to move it as it is. */
  connectedMoveCallback(): void {}

  disconnectedCallback(): void {
    // Whoever moves it puts it in again at once.
    setTimeout(() => this.isConnected || this.#editor?.detached());
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name !== WAITS) {
      if (before !== now) this.#editor?.changed(name);
    } else if (now === null && this.isConnected) this.connectedCallback();
  }

  formAssociatedCallback(): void {
    this.#editor?.changed('form');
  }

  formDisabledCallback(): void {
    this.#editor?.changed('disabled');
  }

  formResetCallback(): void {
    this.#editor?.reset();
  }

  formStateRestoreCallback(state: string): void {
    void this.#loaded.then(() => this.#editor!.restore(state));
  }

  #begin(): Promise<void> {
    this.#hasBegun = true;
    this.#start();
    return this.#loaded;
  }

  async #load(): Promise<void> {
    const { EmbeddedEditor } = await loadEditor();
    this.#editor = new EmbeddedEditor({
      element: this as unknown as WeftEditorElement,
      root: this.#root,
      internals: this.#internals,
      scriptServer: WeftEditor.scriptServer,
      given: this.#given,
      emit: (name, detail, cancelable = false) =>
        this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true })),
    });
    if (this.isConnected) this.#editor.attached();
  }
}

/** All elements of a page share it. Asked for until it is there. */
async function loadEditor(): Promise<{ readonly EmbeddedEditor: typeof EmbeddedEditor }> {
  for (;;) {
    try {
      return await import('../editor/embedded-editor.ts');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}
