import { onDestroy } from 'svelte';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import { problemWords } from '../words/en/problems.ts';
import { ApiError, messageOf } from './api.ts';
import { getApp } from './context.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The attempts of the component that is being made: its end is theirs, too. */
export function createAttempt(): Attempt {
  const attempt = new Attempt(getApp().toasts);
  onDestroy(() => attempt.close());
  return attempt;
}

/** Something that a person asked for: in progress, done, or refused with a reason, which is shown beside it. */
export class Attempt {
  readonly #toasts: Pick<Toasts, 'show'>;
  #isClosed = false;
  #isBusy = $state(false);
  #problem = $state('');

  /** `toasts` show the reason of a refusal that arrives after `close`. */
  constructor(toasts: Pick<Toasts, 'show'>) {
    this.#toasts = toasts;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why the last one failed; empty if it did not. */
  get problem(): string {
    return this.#problem;
  }

  /** True if it succeeded. `words`: what to say of a refusal here, if the usual words do not fit. */
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

  /** Shows a reason without asking the server. */
  refuse(problem: string): void {
    this.#problem = problem;
  }

  /** What showed it is gone. */
  close(): void {
    this.#isClosed = true;
  }
}

/** Why a change of who may do what was not made, in a sentence for people. */
function sharingProblem(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  switch (error.code) {
    case 'forbidden':
      return problemWords.onlyOwners;
    case 'not_found':
      return problemWords.goneOrChanged;
    default:
      return messageOf(error);
  }
}
