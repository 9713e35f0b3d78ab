import { expect, type Locator } from '@playwright/test';
import { openLinks, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

/** Letters that are several UTF-16 units, each with how many. */
const LETTERS = ['👨‍👩‍👧', '🇩🇪', 'e\u0301', '😀'];

/** What is in a field after letters came in at once, by a keyboard or a paste, where not all of them fit. */
async function overfilled(field: Locator, longest: number, letter: string): Promise<string> {
  await field.fill('a'.repeat(longest - letter.length - 1));
  await field.press('End');
  await field.page().keyboard.insertText(letter + letter);
  return field.inputValue();
}

test('titles and names that are too long end before a whole letter, never in a half (FP3)', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.open(url);
  const title = mina.page.getByTestId('title');
  for (const letter of LETTERS)
    expect(await overfilled(title, 200, letter)).toBe('a'.repeat(199 - letter.length) + letter);
  await title.press('Enter');
  await expect(mina.page.locator('h1')).toHaveText(`${'a'.repeat(197)}😀`);

  await mina.page.getByTestId('own-avatar').click();
  const name = mina.page.getByTestId('profile-name');
  for (const letter of LETTERS)
    expect(await overfilled(name, 64, letter)).toBe('a'.repeat(63 - letter.length) + letter);
  await mina.page.keyboard.press('Escape');

  await openLinks(mina);
  await mina.page.getByTestId('new-link').click();
  const linkName = mina.page.locator('input[name="name"]');
  for (const letter of LETTERS)
    expect(await overfilled(linkName, 64, letter)).toBe('a'.repeat(63 - letter.length) + letter);
});

test('what is in the middle of a full title stays where something is put in before it', async ({ visit }) => {
  const mina = await visit('Mina');
  await mina.open(await ownDocument(mina, { title: 'Plans' }));
  const title = mina.page.getByTestId('title');
  await title.fill('b'.repeat(195));
  await title.press('Home');
  await mina.page.keyboard.insertText('🇩🇪🇩🇪');
  expect(await title.inputValue()).toBe(`🇩🇪${'b'.repeat(195)}`);
  await mina.page.keyboard.insertText('c');
  expect(await title.inputValue()).toBe(`🇩🇪c${'b'.repeat(195)}`);
});
