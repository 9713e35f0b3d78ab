import { appWords } from '../words/en/app.ts';
import { isServerThere } from './api.ts';

/** A short notice that goes by itself, with at most one thing to do about it. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

/** How long, in milliseconds, a toast stays. Long enough to reach the button with the keyboard. */
const STAYS = 8000;

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  get list(): readonly Toast[] {
    return this.#list;
  }

  show(text: string, action?: Toast['action']): void {
    const toast: Toast = { id: this.#next++, text, ...(action && { action }) };
    this.#list = [...this.#list.slice(-2), toast];
    setTimeout(() => this.dismiss(toast.id), STAYS);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
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
