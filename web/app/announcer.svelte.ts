import { listed } from '../../shared/isolated.ts';

/** How long, in milliseconds, who comes and goes is collected before it is told. */
const BATCH = 2000;

/** What screen readers are told politely. One sentence at a time; the page shows it in a live region. */
export class Announcer {
  message = $state('');
  #joined = new Set<string>();
  #left = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(message: string): void {
    // The same words again are only read when the region has changed.
    this.message = this.message === message ? `${message}\u00a0` : message;
  }

  /** Somebody came; told together with others who come or go within two seconds. */
  join(name: string): void {
    if (!this.#left.delete(name)) this.#joined.add(name);
    this.#schedule();
  }

  leave(name: string): void {
    if (!this.#joined.delete(name)) this.#left.add(name);
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const sentences = [sentence(this.#joined, 'joined'), sentence(this.#left, 'left')].filter((one) => one !== '');
      this.#joined.clear();
      this.#left.clear();
      if (sentences.length > 0) this.say(sentences.join(' '));
    }, BATCH);
  }
}

function sentence(names: ReadonlySet<string>, verb: string): string {
  if (names.size === 0) return '';
  if (names.size > 4) return `${names.size} people ${verb}.`;
  return `${listed(names)} ${verb}.`;
}
