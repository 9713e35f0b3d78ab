/** Keys by the names that Playwright gives them, as the characters that WebDriver has for them. */
const KEYS: Readonly<Record<string, string>> = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Enter: '\uE007',
  Tab: '\uE004',
  Backspace: '\uE003',
  Delete: '\uE017',
  Escape: '\uE00C',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/** One step of an input source. */
export type Action = Readonly<Record<string, unknown>>;

/** The steps that type a text, with a pause in ms after each key. */
export function typing(text: string, delay: number): Action[] {
  const pause = delay > 0 ? [{ type: 'pause', duration: delay }] : [];
  return [...text].flatMap((character) => {
    const value = { '\n': KEYS['Enter'], '\t': KEYS['Tab'] }[character] ?? character;
    return [{ type: 'keyDown', value }, { type: 'keyUp', value }, ...pause];
  });
}

/** The steps that press a chord, as in `Control+Shift+z`. */
export function chord(keys: string): Action[] {
  const values = keys.split('+').map((key) => KEYS[key] ?? key);
  return [
    ...values.map((value) => ({ type: 'keyDown', value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
  ];
}
