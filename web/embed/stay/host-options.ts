import type { EmbedHost } from '../host.ts';
import { Changes } from './changes.ts';

/** Values of `toolbar`, `status` and other attributes that are on without a value. */
const OFF: ReadonlySet<string> = new Set(['off', 'false', 'none', 'no', '0']);

/** The options of an element, read from its attributes. A choice that is not known counts as the first one. */
export class HostOptions {
  readonly changes = new Changes();
  readonly #host: EmbedHost;

  constructor(host: EmbedHost) {
    this.#host = host;
  }

  get theme(): 'auto' | 'light' | 'dark' {
    return this.#choice('theme', ['auto', 'light', 'dark']);
  }

  get presence(): 'full' | 'carets' | 'avatars' | 'none' {
    return this.#choice('presence', ['full', 'carets', 'avatars', 'none']);
  }

  get hasToolbar(): boolean {
    return this.#isOn('toolbar');
  }

  get hasStatus(): boolean {
    return this.#isOn('status');
  }

  get hasLineNumbers(): boolean {
    return this.#text('line-numbers') !== null && this.#isOn('line-numbers');
  }

  get placeholder(): string | undefined {
    return this.#text('placeholder') ?? undefined;
  }

  get lang(): string | undefined {
    return this.#text('lang') || undefined;
  }

  /** The host does not let anybody write here. */
  get isReadOnly(): boolean {
    return this.#choice('mode', ['edit', 'view']) === 'view' || this.#text('readonly') !== null || this.isDisabled;
  }

  /** By itself, or by the fieldset it stands in. */
  get isDisabled(): boolean {
    return this.#host.element.matches(':disabled');
  }

  /** UTF-16 units. */
  get maximum(): number | undefined {
    return this.#host.element.maxlength;
  }

  get isRequired(): boolean {
    return this.#text('required') !== null;
  }

  get flushesOnSubmit(): boolean {
    return this.#text('flush-on-submit') !== null;
  }

  #isOn(name: string): boolean {
    return !OFF.has(this.#text(name) ?? '');
  }

  #choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const given = this.#text(name);
    return choices.find((choice) => choice === given) ?? choices[0];
  }

  #text(name: string): string | null {
    return this.#host.element.getAttribute(name);
  }
}
