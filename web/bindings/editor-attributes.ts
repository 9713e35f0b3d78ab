import type { EmbedOptions } from '../embed/contract.ts';

/** The options that are properties of the element alone, because nobody should read them in a page. */
type Hidden = 'token' | 'user' | 'link' | 'nonce';
type Shown = Exclude<keyof EmbedOptions, Hidden>;

/** The attribute of each option that has one. */
const ATTRIBUTES: Readonly<Record<Shown, string>> = {
  document: 'document',
  server: 'server',
  mode: 'mode',
  readonly: 'readonly',
  disabled: 'disabled',
  required: 'required',
  maxlength: 'maxlength',
  name: 'name',
  placeholder: 'placeholder',
  theme: 'theme',
  lang: 'lang',
  loading: 'loading',
  presence: 'presence',
  toolbar: 'toolbar',
  status: 'status',
  lineNumbers: 'line-numbers',
  autofocus: 'autofocus',
  flushOnSubmit: 'flush-on-submit',
};
const SHOWN = Object.keys(ATTRIBUTES) as Shown[];
const HIDDEN: readonly Hidden[] = ['token', 'user', 'link', 'nonce'];

/** All options, as they are called in scripts. */
export const OPTIONS: readonly (keyof EmbedOptions)[] = [...SHOWN, ...HIDDEN];

/**
 * The attribute by which the element waits until it was given everything, from a server's page to the first effects of the
 * framework (the defer-hydration protocol of the Web Components Community Group).
 */
export const WAITS = 'defer-hydration';

/**
 * What a framework renders the tag with, on a server too. Only what is there is named. A choice that is on is `true` if the element
 * has a property of that name, because a framework may set that one, and '' if not.
 */
export function tagAttributes(options: EmbedOptions): Record<string, string | number | true> {
  const attributes: Record<string, string | number | true> = {};
  for (const option of SHOWN) {
    const value = options[option];
    const name = ATTRIBUTES[option];
    if (value !== undefined && value !== false) attributes[name] = value === true && name !== option ? '' : value;
  }
  return { ...attributes, [WAITS]: '' };
}

/** Writes into the attributes of an element what differs between two sets of options. */
export function writeAttributes(element: Element, before: Partial<EmbedOptions>, options: EmbedOptions): void {
  for (const option of SHOWN) {
    const value = options[option];
    if (value === before[option]) continue;
    const name = ATTRIBUTES[option];
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}
