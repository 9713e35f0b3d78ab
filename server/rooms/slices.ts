/**
 * Long work in slices, between which everybody else is served: of all that wait for their next slice, one goes on per turn of the
 * event loop, in the order in which they came.
 */
export class Slices {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when the next slice may begin. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#goOn());
    });
  }

  #goOn(): void {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(() => this.#goOn());
  }
}
