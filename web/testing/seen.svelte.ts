import { flushSync } from 'svelte';
import { afterEach } from 'vitest';

/** Every value of `read` that a component would have shown, the newest last; equal ones in a row are one. */
export class Seen<T> {
  readonly #values: T[] = [];

  constructor(read: () => T) {
    const stop = $effect.root(() => {
      $effect(() => {
        const value = read();
        if (this.#values.length === 0 || this.#values.at(-1) !== value) this.#values.push(value);
      });
    });
    afterEach(stop);
    flushSync();
  }

  get values(): readonly T[] {
    flushSync();
    return this.#values;
  }
}
