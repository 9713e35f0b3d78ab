import { LANGUAGES, type Language } from '../words/languages.ts';

/** Sizes of the text that is read and written, in rem, from small to large. */
export const TEXT_SIZES = { small: 0.9375, usual: 1.0625, large: 1.25, largest: 1.5 } as const;

export type TextSize = keyof typeof TEXT_SIZES;

/** What a person has chosen for themselves. */
export interface SettingValues {
  readonly textSize: TextSize;
  readonly hasLineNumbers: boolean;
  /** Only the paragraph with the caret stands out. */
  readonly isFocused: boolean;
  readonly checksSpelling: boolean;
  /** Undefined: as the browser. */
  readonly language: Language | undefined;
  /** The commands that were used last, the latest first. */
  readonly recentCommands: readonly string[];
}

export const DEFAULTS: SettingValues = {
  textSize: 'usual',
  hasLineNumbers: false,
  isFocused: false,
  checksSpelling: true,
  language: undefined,
  recentCommands: [],
};

/** What was kept, as far as it can still be understood: older and newer pages keep their settings in the same place. */
export function readValues(kept: string | null | undefined): SettingValues {
  let found: Partial<Record<keyof SettingValues, unknown>>;
  try {
    found = (JSON.parse(kept ?? '{}') ?? {}) as typeof found;
  } catch {
    return DEFAULTS;
  }
  const { textSize, language, recentCommands } = found;
  const isOn = (name: 'hasLineNumbers' | 'isFocused' | 'checksSpelling'): boolean =>
    typeof found[name] === 'boolean' ? found[name] : DEFAULTS[name];
  return {
    textSize: isKeyOf(TEXT_SIZES, textSize) ? textSize : DEFAULTS.textSize,
    hasLineNumbers: isOn('hasLineNumbers'),
    isFocused: isOn('isFocused'),
    checksSpelling: isOn('checksSpelling'),
    language: isKeyOf(LANGUAGES, language) ? language : undefined,
    recentCommands: Array.isArray(recentCommands) ? recentCommands.filter((id) => typeof id === 'string') : [],
  };
}

function isKeyOf<Table extends object>(table: Table, key: unknown): key is keyof Table {
  return typeof key === 'string' && Object.hasOwn(table, key);
}
