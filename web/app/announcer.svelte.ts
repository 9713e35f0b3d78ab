import { isolated } from '../../shared/isolated.ts';
import { appWords } from '../words/en/app.ts';
import { inList } from '../words/formats.ts';

/** How long, in milliseconds, joins and leaves are collected before they are announced. */
const BATCH = 2000;

/** What screen readers announce politely: one message at a time, which the page shows in a live region. */
export class Announcer {
  message = $state('');
  #joined = new Set<string>();
  #left = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(message: string): void {
    // The same words again are only read when the region has changed.
    this.message = this.message === message ? `${message}\u00a0` : message;
  }

  /** Somebody joined; announced together with others who join or leave within two seconds. */
  join(name: string): void {
    if (!this.#left.delete(name)) this.#joined.add(name);
    this.#schedule();
  }

  leave(name: string): void {
    if (!this.#joined.delete(name)) this.#left.add(name);
    this.#schedule();
  }

  /** Tells the difference between who was here and who is, by id and name. */
  compare(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
    for (const [id, name] of now) if (!before.has(id)) this.join(name);
    for (const [id, name] of before) if (!now.has(id)) this.leave(name);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const sentences = [
        sentence(this.#joined, appWords.joined, appWords.manyJoined),
        sentence(this.#left, appWords.left, appWords.manyLeft),
      ].filter((one) => one !== '');
      this.#joined.clear();
      this.#left.clear();
      if (sentences.length > 0) this.say(sentences.join(' '));
    }, BATCH);
  }
}

function sentence(names: ReadonlySet<string>, few: (names: string) => string, many: (count: number) => string): string {
  if (names.size === 0) return '';
  return names.size > 4 ? many(names.size) : few(inList([...names].map(isolated)));
}
