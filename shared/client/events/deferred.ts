interface Waiter {
  readonly mark: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Promises that are settled from outside, each for a mark on a growing count. It can be used again after `reject`. */
export class Deferred {
  #waiters: Waiter[] = [];

  /** Resolves when `resolve` is called with `mark` or more; rejects when `reject` is called before. */
  when(mark = 0): Promise<void> {
    return new Promise((resolve, reject) => this.#waiters.push({ mark, resolve, reject }));
  }

  /** Keeps the promises up to `mark`; all of them by default. */
  resolve(mark = Infinity): void {
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = waiters.filter((waiter) => waiter.mark > mark);
    for (const waiter of waiters) if (waiter.mark <= mark) waiter.resolve();
  }

  reject(error: Error): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }
}
