import { activeElement } from './active-element.ts';

/**
 * Collects what is typed while nothing has the focus, until that for which it is meant is there. Letters and Backspace alone, and Enter
 * where lines are taken; what an input method composes needs a field.
 */
export class TypeAhead {
  readonly #takesLines: boolean;
  #typed = '';
  readonly #take = (event: KeyboardEvent): void => {
    if (event.target !== document.body || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace') this.#typed = [...this.#typed].slice(0, -1).join('');
    else if (event.key === 'Enter' && this.#takesLines) this.#typed += '\n';
    else if ([...event.key].length === 1) this.#typed += event.key;
    else return;
    event.preventDefault();
  };

  constructor({ takesLines = false } = {}) {
    this.#takesLines = takesLines;
    addEventListener('keydown', this.#take, { capture: true });
  }

  /** Ends it. */
  stop(): void {
    removeEventListener('keydown', this.#take, { capture: true });
  }

  /** Ends it, and hands out what was typed, once. */
  end(): string {
    this.stop();
    const typed = this.#typed;
    this.#typed = '';
    return typed;
  }
}

/** Puts a text into the field that has the focus, if one has, as if it were typed there. */
export function typeIntoField(text: string): void {
  const field = activeElement();
  if (text === '' || !(field instanceof HTMLInputElement)) return;
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}
