import type { Compartment } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { editorWords } from '../words/en/editor.ts';
import type { TextSettings } from './text-settings.ts';

/** How a text is shown now. The part that shows it otherwise is loaded on first use: most people want nothing of it. */
export class ShownSettings {
  readonly #place: Compartment;
  readonly #signal: AbortSignal;
  readonly #tellUnloaded: (what: string) => void;
  #shown: TextSettings = { hasLineNumbers: false, isFocused: false, checksSpelling: true };

  /** `signal` ends the view; `tellUnloaded` says that the part could not be loaded. */
  constructor(place: Compartment, signal: AbortSignal, tellUnloaded: (what: string) => void) {
    this.#place = place;
    this.#signal = signal;
    this.#tellUnloaded = tellUnloaded;
  }

  /** Shows the text of a view so from now on, which measures its letters anew in any case. */
  show(settings: TextSettings, view: EditorView): void {
    view.requestMeasure();
    const before = this.#shown;
    this.#shown = settings;
    if (isSame(settings, before)) return;
    import('./text-settings.ts').then(
      ({ settingsExtension }) => {
        if (this.#signal.aborted) return;
        view.dispatch({ effects: this.#place.reconfigure(settingsExtension(settings)) });
        view.requestMeasure();
      },
      () => {
        // Asked for again, it is not taken for what is shown.
        if (this.#shown === settings) this.#shown = before;
        this.#tellUnloaded(editorWords.textSettings);
      },
    );
  }
}

function isSame(a: TextSettings, b: TextSettings): boolean {
  return a.hasLineNumbers === b.hasLineNumbers && a.isFocused === b.isFocused && a.checksSpelling === b.checksSpelling;
}
