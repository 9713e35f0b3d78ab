import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

interface Held {
  readonly altKey?: boolean;
  readonly shiftKey?: boolean;
  readonly modifierAltGraph?: boolean;
  readonly keyCode?: number;
}

/** Presses a key of another layout: what it types there, and where it is. True where the page took it. */
async function pressKey(person: Person, key: string, code: string, held: Held = {}): Promise<boolean> {
  return person.page.evaluate(
    (init) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ctrlKey: true, ...init });
      return !document.activeElement!.dispatchEvent(event);
    },
    { key, code, ...held },
  );
}

const LAYOUTS = [
  { name: 'Russian', a: 'ф', z: 'я', f: 'а', slash: '.' },
  { name: 'Greek', a: 'α', z: 'ζ', f: 'φ', slash: '/' },
  { name: 'Hebrew', a: 'ש', z: 'ז', f: 'כ', slash: '.' },
  { name: 'Arabic', a: 'ش', z: 'ئ', f: 'ب', slash: 'ظ' },
  { name: 'Korean', a: 'ㅁ', z: 'ㅋ', f: 'ㄹ', slash: '/' },
];

test('every shortcut works on layouts without Latin letters, by the place of the key', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('some words');
  const mina = await join('Mina');
  for (const { name, a, z, f, slash } of LAYOUTS) {
    await mina.editor.focus();
    expect(await pressKey(mina, a, 'KeyA'), `${name}: select all`).toBe(true);
    await mina.page.keyboard.press('Delete');
    await expect.poll(() => mina.text()).toBe('');
    expect(await pressKey(mina, z, 'KeyZ'), `${name}: undo`).toBe(true);
    await expect.poll(() => mina.text(), `${name}: undo`).toBe('some words');
    expect(await pressKey(mina, z, 'KeyZ', { shiftKey: true }), `${name}: redo`).toBe(true);
    await expect.poll(() => mina.text(), `${name}: redo`).toBe('');
    await pressKey(mina, z, 'KeyZ');
    await pressKey(mina, slash, 'Slash');
    await expect(mina.page.getByTestId('commands'), `${name}: commands`).toBeVisible();
    await mina.page.keyboard.press('Escape');
    await expect(mina.page.getByTestId('commands')).toHaveCount(0);
    await mina.editor.focus();
    await pressKey(mina, f, 'KeyF');
    await expect(mina.page.getByTestId('find').getByPlaceholder('Find'), `${name}: find`).toBeFocused();
    await mina.page.keyboard.press('Escape');
    await expect(mina.editor).toBeFocused();
  }
  await expectConverged([mina], url, { text: 'some words' });
});

test('where Latin letters stand elsewhere, the letter counts and not its place; AltGr types', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('some words');
  const mina = await join('Mina');
  await mina.press('Control+End');
  await mina.type('!');
  // AZERTY: W on the place of Z, Q on that of A. Dvorak: a semicolon on the place of Z. German: - on the place of /.
  expect(await pressKey(mina, 'w', 'KeyZ')).toBe(false);
  expect(await pressKey(mina, 'q', 'KeyA')).toBe(false);
  expect(await pressKey(mina, ';', 'KeyZ')).toBe(false);
  expect(await pressKey(mina, '-', 'Slash', { keyCode: 191 })).toBe(false);
  // AltGr, as Windows and as others tell it.
  expect(await pressKey(mina, 'я', 'KeyZ', { altKey: true })).toBe(false);
  expect(await pressKey(mina, 'z', 'KeyZ', { modifierAltGraph: true })).toBe(false);
  expect(await mina.text()).toBe('some words!');
  expect(await pressKey(mina, 'z', 'KeyW')).toBe(true);
  await expectConverged([mina], url, { text: 'some words' });
});
