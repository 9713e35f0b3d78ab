import { expect, it } from 'vitest';
import { keyWords } from '../../words/en/keys.ts';
import { everyKeysShown, isShortcut, keysShown, SHORTCUTS, type Shortcut, type ShortcutId } from './shortcuts.ts';

const ids = Object.keys(SHORTCUTS) as ShortcutId[];
const sources = import.meta.glob<string>(['../../**/*.{ts,svelte}', '!**/*.test.ts', '!**/shortcuts.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it.each(ids)('%s has words, and something that carries it out', (id) => {
  expect(keyWords.shortcuts[id]).toMatch(/\S/);
  const uses = new RegExp(
    `(isShortcut|onShortcut)\\('${id}'|shortcut: '${id}'|'${id}'(, '\\w+')*\\] as const\\)\\.(map|find)\\(\\(\\w+\\) => (isShortcut|onShortcut)\\(`,
  );
  expect(Object.values(sources).some((source) => uses.test(source))).toBe(true);
});

it('in every place a key asks for one thing', () => {
  const taken = new Map<string, string>();
  for (const id of ids) {
    const { keys, where }: Shortcut = SHORTCUTS[id];
    for (const place of where) {
      for (const key of keys) {
        const pressed = `${place} ${key.replace(/^Ctrl-/, 'Mod-')}`;
        expect(taken.get(pressed), `${pressed} of ${id}`).toBeUndefined();
        taken.set(pressed, id);
      }
    }
  }
});

it('no shortcut has a digit, or belongs to the browser', () => {
  for (const id of ids) {
    const { keys }: Shortcut = SHORTCUTS[id];
    for (const key of keys) {
      expect(key).not.toMatch(/\d$(?<!F\d+)/);
      // Mod-P prints here as it does everywhere, only the rendered document.
      expect(key).not.toMatch(/^Mod-(Shift-)?[tnwrql]$/);
    }
  }
});

const RUSSIAN: Readonly<Record<string, string>> = { KeyP: 'з', KeyG: 'п', KeyM: 'ь', KeyF: 'а', KeyS: 'ы', KeyZ: 'я' };
const KOREAN: Readonly<Record<string, string>> = {
  KeyP: 'ㅔ',
  KeyG: 'ㅎ',
  KeyM: 'ㅡ',
  KeyF: 'ㄹ',
  KeyS: 'ㄴ',
  KeyZ: 'ㅋ',
};

/** What the keys of a layout type. */
const LAYOUTS: Readonly<Record<string, (code: string) => string>> = {
  US: plainKey,
  Russian: (code) => RUSSIAN[code] ?? plainKey(code),
  Korean: (code) => KOREAN[code] ?? plainKey(code),
};

function plainKey(code: string): string {
  const signs: Record<string, string> = { Slash: '/', Period: '.', Comma: ',' };
  return /^Key(.)$/.exec(code)?.[1]?.toLowerCase() ?? signs[code] ?? code;
}

function codeOf(key: string): string {
  const signs: Record<string, string> = { '/': 'Slash', '.': 'Period', ',': 'Comma' };
  return /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : (signs[key] ?? key);
}

function press(keys: string, typed: (code: string) => string, isApple: boolean, altGraph = false): KeyboardEvent {
  const parts = keys.split('-');
  const code = codeOf(parts.at(-1)!);
  const isMod = parts.includes('Mod') || parts.includes('Ctrl');
  const event = {
    code,
    key: typed(code),
    ctrlKey: isMod && !isApple,
    metaKey: isMod && isApple,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    getModifierState: (name: string) => name === 'AltGraph' && altGraph,
  };
  return event as unknown as KeyboardEvent;
}

const ways = ids.flatMap((id) => (SHORTCUTS[id] as Shortcut).keys.map((keys) => [id, keys] as const));

it.each(ways)('%s by %s works on every layout, and is meant by nothing else there', (id, keys) => {
  for (const isApple of [false, true]) {
    if (isApple && keys.startsWith('Ctrl-')) continue;
    for (const [name, key] of Object.entries(LAYOUTS)) {
      const event = press(keys, key, isApple);
      expect(isShortcut(id, event, isApple), `${name}, ${isApple ? 'Apple' : 'others'}`).toBe(true);
      const { where }: Shortcut = SHORTCUTS[id];
      const others = ids.filter(
        (other) => other !== id && (SHORTCUTS[other] as Shortcut).where.some((place) => where.includes(place)),
      );
      expect(
        others.filter((other) => isShortcut(other, event, isApple)),
        name,
      ).toEqual([]);
    }
  }
});

it.each(ways.filter(([, keys]) => /^Mod-Alt-(Shift-)?.$/.test(keys)))(
  '%s by %s leaves to AltGr what it types',
  (id, keys) => {
    // As Windows tells it: Ctrl and Alt, and the sign.
    for (const sign of ['ś', '@', '€', '{', 'µ', '—', 'þ'])
      expect(
        isShortcut(
          id,
          press(keys, () => sign, false),
          false,
        ),
        sign,
      ).toBe(false);
    // As others tell it.
    expect(isShortcut(id, press(keys, plainKey, false, true), false)).toBe(false);
  },
);

it('shows the keys as they are printed', () => {
  expect(keysShown('redo', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keysShown('redo', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(everyKeysShown('redo', false)).toEqual([
    ['Ctrl', 'Shift', 'Z'],
    ['Ctrl', 'Y'],
  ]);
  expect(everyKeysShown('redo', true)).toEqual([['⌘', '⇧', 'Z']]);
  expect(keysShown('moveLineUp', false)).toEqual(['Alt', '↑']);
});
