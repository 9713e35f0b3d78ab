import { appWords } from '../words/en/app.ts';
import { isServerThere } from './api.ts';

/** A short notice that goes by itself, with at most one thing to do about it. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

/** How long, in milliseconds, a toast stays: long enough to be read, and to press its button. */
const STAYS = 6000;
/** The same while another one waits. */
const STAYS_BRIEFLY = 2000;

/** Notices, one at a time. One that a pointer or the focus is on stays until it is left. */
export class Toasts {
  #shown = $state.raw<Toast>();
  #waiting: readonly Toast[] = [];
  #next = 1;
  /** When the shown one came, or was left. */
  #since = 0;
  #isHeld = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get shown(): Toast | undefined {
    return this.#shown;
  }

  show(text: string, action?: Toast['action']): void {
    this.#waiting = [...this.#waiting, { id: this.#next++, text, ...(action && { action }) }];
    if (this.#shown === undefined) this.#goOn();
    else this.#schedule();
  }

  dismiss(id: number): void {
    if (this.#shown?.id === id) this.#goOn();
  }

  /** Somebody is at it, with the pointer or the focus. */
  hold(): void {
    this.#isHeld = true;
    this.#schedule();
  }

  /** Nobody is at it any more: it stays as if it had just come. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#since = performance.now();
    this.#schedule();
  }

  #goOn(): void {
    [this.#shown] = this.#waiting;
    this.#waiting = this.#waiting.slice(1);
    this.#since = performance.now();
    this.#isHeld = false;
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#shown === undefined || this.#isHeld) return;
    const stays = this.#waiting.length > 0 ? STAYS_BRIEFLY : STAYS;
    this.#timer = setTimeout(() => this.#goOn(), this.#since + stays - performance.now());
  }
}

/**
 * Says that a part of the page could not be loaded, and what to do. If the server does not answer: try again later. If it does, the
 * file is gone, as after an update, and a reloaded page knows the new ones. `what` begins a sentence.
 */
export async function tellUnloaded(toasts: Toasts, what: string): Promise<void> {
  if (await isServerThere()) {
    toasts.show(appWords.outdated(what), { label: appWords.reload, run: () => location.reload() });
  } else {
    toasts.show(appWords.unloaded(what));
  }
}
