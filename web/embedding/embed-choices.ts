/** How an embedded editor looks and what one can do in it, as far as the Share dialog offers it; named as in web/embed/contract.ts. */
export interface EmbedChoices {
  readonly mode: 'edit' | 'view';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly presence: 'full' | 'carets' | 'none';
  readonly toolbar: 'on' | 'off';
  readonly status: 'on' | 'off';
  readonly lineNumbers: boolean;
}

/** What holds where nothing is written. */
export const DEFAULTS: EmbedChoices = {
  mode: 'edit',
  theme: 'auto',
  presence: 'full',
  toolbar: 'on',
  status: 'on',
  lineNumbers: false,
};

/** An option as code has it: its property, its attribute, and its value; `true` is a flag. */
export interface WrittenOption {
  readonly property: keyof EmbedChoices;
  readonly attribute: string;
  readonly value: string | true;
}

/** The options that must be written: those that differ from the default. */
export function writtenOptions(choices: EmbedChoices): readonly WrittenOption[] {
  return (Object.keys(DEFAULTS) as (keyof EmbedChoices)[])
    .filter((property) => choices[property] !== DEFAULTS[property])
    .map((property) => ({ property, attribute: attributeOf(property), value: choices[property] as string | true }));
}

function attributeOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
