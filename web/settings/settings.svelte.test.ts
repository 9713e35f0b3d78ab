import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Seen } from '../testing/seen.svelte.ts';
import { keptSettings, lastPerson } from './kept-settings.ts';
import { Settings } from './settings.svelte.ts';
import { DEFAULTS } from './setting-values.ts';

/** As much of a browser's storage as the settings need; it may refuse, as for pages whose cookies are blocked. */
class Shelf {
  readonly kept = new Map<string, string>();
  isBlocked = false;

  getItem(key: string): string | null {
    if (this.isBlocked) throw new Error('SecurityError');
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isBlocked) throw new Error('SecurityError');
    this.kept.set(key, value);
  }
}

let shelf: Shelf;
let page: EventTarget;

beforeEach(() => {
  shelf = new Shelf();
  page = new EventTarget();
  vi.stubGlobal('localStorage', shelf);
  vi.stubGlobal('window', page);
});
afterEach(() => vi.unstubAllGlobals());

/** Another tab has written. */
function tellOfStorage(key: string | null): void {
  page.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

it('everybody has their own, and the page begins with those of whoever was here last', () => {
  const settings = new Settings();
  expect(settings.values).toEqual(DEFAULTS);
  settings.belongTo('mina');
  settings.change({ textSize: 'large', language: 'ko' });
  settings.belongTo('joon');
  expect(settings.values).toEqual(DEFAULTS);
  settings.change({ hasLineNumbers: true });

  const again = new Settings();
  expect(again.values).toEqual({ ...DEFAULTS, hasLineNumbers: true });
  again.belongTo('mina');
  expect(again.values).toEqual({ ...DEFAULTS, textSize: 'large', language: 'ko' });
  expect(keptSettings(lastPerson()).language).toBe('ko');
});

it('what is chosen before anybody is known is theirs who turns out to be here', () => {
  const settings = new Settings();
  settings.change({ isFocused: true });
  settings.belongTo('mina');
  expect(new Settings().values.isFocused).toBe(true);
  settings.belongTo('joon');
  expect(settings.values.isFocused).toBe(false);
});

it('what another tab chooses is here at once; what somebody else chooses is not', () => {
  const settings = new Settings();
  settings.belongTo('mina');
  const sizes = new Seen(() => settings.values.textSize);
  const end = settings.listen();
  shelf.kept.set('weft-settings mina', JSON.stringify({ textSize: 'largest' }));
  tellOfStorage('weft-settings joon');
  expect(sizes.values).toEqual(['usual']);
  tellOfStorage('weft-settings mina');
  expect(sizes.values).toEqual(['usual', 'largest']);
  shelf.kept.clear();
  tellOfStorage(null);
  expect(sizes.values).toEqual(['usual', 'largest', 'usual']);
  end();
  shelf.kept.set('weft-settings mina', JSON.stringify({ textSize: 'small' }));
  tellOfStorage('weft-settings mina');
  expect(sizes.values).toEqual(['usual', 'largest', 'usual']);
});

it('where the browser keeps nothing, they hold as long as the page', () => {
  shelf.isBlocked = true;
  const settings = new Settings();
  settings.belongTo('mina');
  settings.change({ textSize: 'small' });
  settings.change({ checksSpelling: false });
  expect(settings.values).toEqual({ ...DEFAULTS, textSize: 'small', checksSpelling: false });
});

it.each([
  '{',
  'null',
  '7',
  '{"textSize":"huge","language":"toString","hasLineNumbers":"yes","recentCommands":{"a":1}}',
  '{"textSize":7,"language":"xx","isFocused":null,"recentCommands":[1]}',
])('of %s only what can be understood is taken', (kept) => {
  shelf.kept.set('weft-settings-of', 'mina').set('weft-settings mina', kept);
  expect(new Settings().values).toEqual(DEFAULTS);
});
