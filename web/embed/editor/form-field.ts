import { embedWords } from '../../words/en/embed.ts';
import type { EmbedHost } from '../host.ts';
import type { HostOptions } from '../stay/host-options.ts';

/** What the form of an element needs of its editor. */
interface FieldContent {
  /** Undefined until it is there. */
  text(): { readonly length: number; toString(): string } | undefined;
  unsaved(): number;
  /** Resolves when everything is durable. */
  flush(): Promise<void>;
}

/** The editor as a field of a form: its value, whether it may be submitted, and waiting until it is durable. */
export class FormField {
  readonly #host: EmbedHost;
  readonly #options: HostOptions;
  readonly #content: FieldContent;
  #form: HTMLFormElement | null = null;
  /** A button was pressed, and saving is waited for. */
  #isWaiting = false;

  constructor(host: EmbedHost, options: HostOptions, content: FieldContent) {
    this.#host = host;
    this.#options = options;
    this.#content = content;
  }

  /** Takes its form, if it has one, and says anew whether it may be submitted. To be called whenever anything has changed. */
  refresh(): void {
    const { form } = this.#host.internals;
    if (form !== this.#form) {
      this.leave();
      this.#form = form;
      form?.addEventListener('formdata', this.#fill);
      // Buttons of a form may stand outside of it.
      form?.ownerDocument.addEventListener('click', this.#wait, { capture: true });
    }
    this.#validate();
  }

  leave(): void {
    this.#form?.removeEventListener('formdata', this.#fill);
    this.#form?.ownerDocument.removeEventListener('click', this.#wait, { capture: true });
    this.#form = null;
  }

  /** Remembers the selection for a page that the browser restores. The text is the server's. */
  remember(anchor: number, head: number): void {
    this.#host.internals.setFormValue(null, JSON.stringify([anchor, head]));
  }

  /** Makes the value only when it is asked for: a long text is not copied at every letter. */
  readonly #fill = ({ formData }: FormDataEvent): void => {
    const { name } = this.#host.element;
    if (name !== undefined && name !== '' && !this.#options.isDisabled)
      formData.set(name, this.#content.text()?.toString() ?? '');
  };

  /**
   * Somebody presses a button that submits, which Enter in another field does, too: if nothing but saving is missing, that is waited
   * for, and then it is pressed again.
   */
  readonly #wait = (event: MouseEvent): void => {
    const [target] = event.composedPath();
    const button =
      target instanceof Element ? target.closest<HTMLButtonElement | HTMLInputElement>('button, input') : null;
    const isSubmit = button?.type === 'submit' || button?.type === 'image';
    const form = button?.form;
    if (!isSubmit || !form || form !== this.#form || event.defaultPrevented) return;
    if (!this.#host.internals.validity.customError || this.#content.unsaved() === 0) return;
    event.preventDefault();
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    void this.#content
      .flush()
      .then(
        () => {
          this.#validate();
          form.requestSubmit(button);
        },
        // It says why it cannot be saved itself.
        () => this.#host.internals.reportValidity(),
      )
      .finally(() => (this.#isWaiting = false));
  };

  #validate(): void {
    const { internals } = this.#host;
    const length = this.#content.text()?.length ?? 0;
    const { maximum, isRequired, flushesOnSubmit } = this.#options;
    if (isRequired && length === 0) this.#refuse({ valueMissing: true }, embedWords.fillIn);
    else if (maximum !== undefined && length > maximum)
      this.#refuse({ tooLong: true }, embedWords.tooLong(maximum, length));
    else if (flushesOnSubmit && this.#content.unsaved() > 0)
      this.#refuse({ customError: true }, embedWords.notSavedYet);
    else internals.setValidity({});
  }

  #refuse(flags: ValidityStateFlags, message: string): void {
    const anchor = this.#host.root.querySelector<HTMLElement>('[data-testid="editor"]');
    this.#host.internals.setValidity(flags, message, anchor ?? undefined);
  }
}
