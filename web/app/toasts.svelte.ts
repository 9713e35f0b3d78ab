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
