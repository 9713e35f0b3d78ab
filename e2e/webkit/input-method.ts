import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WebKitPerson } from './webkit-person.ts';

/**
 * GTK's own input method by the keyboard of the X display: Control+Shift+U begins a composition that shows what is typed, hex digits
 * of a code point follow, and a space commits the character.
 */
export class InputMethod {
  readonly #display: string;

  constructor(person: WebKitPerson) {
    this.#display = person.driver.display;
  }

  /** Begins a composition and types the code point of a character; it stays open. */
  async begin(character: string): Promise<void> {
    await this.#xdotool('search', '--onlyvisible', '--class', 'MiniBrowser', 'windowfocus', '--sync');
    await this.#press('ctrl+shift+u', ...character.codePointAt(0)!.toString(16));
  }

  /** Commits the composition. */
  async commit(): Promise<void> {
    await this.#press('space');
  }

  async #press(...keys: readonly string[]): Promise<void> {
    await this.#xdotool('key', '--delay', '30', ...keys);
  }

  async #xdotool(...words: readonly string[]): Promise<void> {
    await promisify(execFile)('xdotool', words, { env: { ...process.env, DISPLAY: this.#display } });
  }
}
