import { onDestroy } from 'svelte';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import { ApiError } from './api.ts';
import { getApp } from './context.ts';
import { sharingProblem } from './sharing-problem.ts';

/**
 * Something that a person asked for: under way, done, or refused with a reason that is shown beside it, or in a toast where what
 * showed it is closed by then. Made where a component is.
 */
export class Attempt {
  readonly #toasts = getApp().toasts;
  #isClosed = false;
  #isBusy = $state(false);
  #problem = $state('');

  constructor() {
    onDestroy(() => (this.#isClosed = true));
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why the last one failed; empty where it did not. */
  get problem(): string {
    return this.#problem;
  }

  /** True where it succeeded. `words`: what to say of a refusal here, where the usual words do not fit. */
  async run(action: () => Promise<unknown>, words: Partial<Record<ErrorCode, string>> = {}): Promise<boolean> {
    this.#isBusy = true;
    this.#problem = '';
    try {
      await action();
      return true;
    } catch (error) {
      const code = error instanceof ApiError && error.code !== 'unreachable' ? error.code : undefined;
      this.#problem = (code && words[code]) ?? sharingProblem(error);
      if (this.#isClosed) this.#toasts.show(this.#problem);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  refuse(problem: string): void {
    this.#problem = problem;
  }
}
