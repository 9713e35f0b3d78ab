import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { chooseInMore } from './fixtures/menus.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

test('a title that one edits is seen by the other, in the tab and in the list', async ({ visit, join }) => {
  const mina = await visit('Mina');
  const answer = await mina.context.request.post('/api/documents', { data: {} });
  const url = new URL(`/d/${((await answer.json()) as { id: string }).id}`, answer.url()).href;
  await mina.open(url);
  const joon = await join('Joon', { url });
  const title = mina.page.getByTestId('title');
  await title.click();
  await mina.page.keyboard.press('Control+a');
  await mina.page.keyboard.type('여름 계획 & plans');
  await mina.page.keyboard.press('Enter');
  await expect(mina.editor).toBeFocused();
  await expect(joon.page.getByTestId('title')).toHaveValue('여름 계획 & plans');
  await expect(joon.page).toHaveTitle('여름 계획 & plans – Weft');

  await mina.type('Into the text.');
  await title.fill('Never');
  await title.press('Escape');
  await expect(title).toHaveValue('여름 계획 & plans');
  await expectConverged([mina, joon], url, { text: 'Into the text.' });
  await mina.page.getByRole('link', { name: 'All documents' }).click();
  await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('여름 계획 & plans');
});

test('Copy link puts the address on the clipboard, says so, and whoever opens it is in', async ({ join, visit }) => {
  const mina = await join('Mina', { context: CLIPBOARD });
  const url = mina.page.url();
  await chooseInMore(mina, 'copy-link');
  await expect(mina.page.getByTestId('toasts')).toHaveText('Link copied.');
  const link = await mina.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(url.split('?')[0]);

  const joon = await visit('Joon');
  await joon.open(link);
  await joon.type('Thanks for the link.');
  await expectConverged([mina, joon], url, { text: 'Thanks for the link.' });
});

test('Duplicate makes a copy, and says the way there', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans', content: 'Sea.' });
  await mina.open(url);
  await chooseInMore(mina, 'duplicate');
  const toasts = mina.page.getByTestId('toasts');
  await expect(toasts).toContainText('“Plans (copy)” was created');
  await toasts.getByRole('button', { name: 'Open' }).click();
  await expect(mina.page.getByTestId('title')).toHaveValue('Plans (copy)');
  await expect(mina.editor).toHaveText('Sea.');
  expect(mina.page.url()).not.toBe(url);
});

test('words and characters are counted as people count them, also of a selection', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  const count = mina.page.getByTestId('word-count');
  await expect(count).toHaveText('0 words · 0 characters');
  await mina.type('one');
  await expect(count).toHaveText('1 word · 3 characters');
  await joon.press('Control+End');
  await joon.type(' two\n🍵');
  await expect(count).toHaveText('2 words · 8 characters');
  await mina.press('Control+Home');
  await mina.press('Shift+ArrowRight');
  await mina.press('Shift+ArrowRight');
  await expect(count).toHaveText('1 of 2 words · 2 of 8 characters');
  await expectConverged([mina, joon], url, { text: 'one two\n🍵' });
});

test('Ctrl+S says that everything is saved already', async ({ join }) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  await mina.type('a');
  await expect.poll(() => mina.state()).toBe('saved');
  await mina.press('Control+s');
  await expect(mina.page.getByTestId('announcer')).toHaveText('Already saved. Everything you type is saved at once.');
  await expectConverged([mina], url, { text: 'a' });
});

test('Ctrl+S while saving is answered twice: that it is under way, and that it is done', async ({ join }) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  const announcer = mina.page.getByTestId('announcer');
  mina.network.hold();
  await mina.type('a');
  await expect.poll(() => mina.state()).toBe('saving');
  await mina.press('Control+s');
  await expect(announcer).toContainText('Saving…');
  mina.network.release();
  await expect(announcer).toHaveText('Saved. Everything you type is saved at once.');
  await expectConverged([mina], url, { text: 'a' });
});
