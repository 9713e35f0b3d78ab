/**
 * Collects what is typed while nothing has the focus, until the field that it is meant for is there. Letters and Backspace alone; what
 * an input method composes needs a field.
 */
export class TypeAhead {
  #typed = '';
  readonly #take = (event: KeyboardEvent): void => {
    if (event.target !== document.body || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace') this.#typed = [...this.#typed].slice(0, -1).join('');
    else if ([...event.key].length === 1) this.#typed += event.key;
    else return;
    event.preventDefault();
  };

  constructor() {
    addEventListener('keydown', this.#take, { capture: true });
  }

  stop(): void {
    removeEventListener('keydown', this.#take, { capture: true });
  }

  /** Ends it. Puts what was typed into the field that has the focus now, if one has, as if it were typed there. */
  hand(): void {
    this.stop();
    const field = document.activeElement;
    if (this.#typed === '' || !(field instanceof HTMLInputElement)) return;
    field.setRangeText(this.#typed, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, data: this.#typed, inputType: 'insertText' }));
  }
}
