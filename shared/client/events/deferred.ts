/** Something that many wait for and that happens once, or not at all. */
export class Deferred {
  #waiters: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  when(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  open(): void {
    for (const { resolve } of this.#waiters.splice(0)) resolve();
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }
}
