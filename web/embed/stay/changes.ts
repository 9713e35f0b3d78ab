/** Tells those who asked that something is not as it was. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Returns the function that ends it. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
