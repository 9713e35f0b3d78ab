import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { choose, rowOf, showAgain, titles } from './fixtures/home.ts';
import type { Person } from '../sdk/testing.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** The pointer and the focus are nowhere near the list. */
async function lookAway(person: Person): Promise<void> {
  await person.page.mouse.move(2, 2);
  await person.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

test('what others changed since my visit is counted, until I have been there', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon Park')];
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.open(url);
  await mina.page.goto('/');
  const row = rowOf(mina, 'Plans');
  await expect(row).not.toContainText('since your last visit');

  await joon.open(url);
  await joon.type('News.');
  await expectConverged([joon], url, { text: 'News.' });
  await expect(async () => {
    await showAgain(mina);
    await expect(row).toContainText(/changes? by Joon Park since your last visit/, { timeout: 1000 });
  }).toPass();
  await expect(row).toContainText('New:');
  await row.getByRole('link').click();
  await mina.whenReady();
  await mina.page.goBack();
  await expect(row).toBeVisible();
  await expect(row).not.toContainText('since your last visit');
});

test('who is in a document is shown without a reload, and under a heading of its own once nobody reads', async ({
  visit,
}) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon Park')];
  const url = await ownDocument(mina, { title: 'Plans' });
  await ownDocument(mina, { title: 'Other' });
  await mina.page.goto('/');
  await expect(titles(mina)).toHaveText(['Other', 'Plans']);
  await expect(mina.page.getByRole('heading', { level: 2 })).toHaveText(['Today']);
  await lookAway(mina);
  await joon.open(url);
  await showAgain(mina);
  await expect(rowOf(mina, 'Plans').getByTestId('present')).toHaveAccessibleName('Here now: Joon Park');
  await expect(mina.page.getByRole('heading', { level: 2 })).toHaveText(['People here now', 'Today']);
  await expect(titles(mina)).toHaveText(['Plans', 'Other']);
});

test('a list that is read does not move: what is new waits behind a button', async ({ visit }) => {
  const mina = await visit('Mina');
  await ownDocument(mina, { title: 'First' });
  await ownDocument(mina, { title: 'Second' });
  await mina.page.goto('/');
  await rowOf(mina, 'First').hover();
  await ownDocument(mina, { title: 'Third' });
  await showAgain(mina);
  const news = mina.page.getByTestId('news');
  await expect(news).toHaveText('1 new');
  await expect(titles(mina)).toHaveText(['Second', 'First']);
  await news.click();
  await expect(titles(mina)).toHaveText(['Third', 'Second', 'First']);
  await expect(news).toHaveCount(0);
  await expect(rowOf(mina, 'Third').getByRole('link')).toBeFocused();

  // The focus in the list holds it too.
  await mina.page.mouse.move(2, 2);
  await mina.page.keyboard.press('ArrowDown');
  await expect(rowOf(mina, 'Second').getByRole('link')).toBeFocused();
  await ownDocument(mina, { title: 'Fourth' });
  await showAgain(mina);
  await expect(news).toBeVisible();
  await expect(rowOf(mina, 'Second').getByRole('link')).toBeFocused();
  await lookAway(mina);
  await showAgain(mina);
  await expect(titles(mina)).toHaveText(['Fourth', 'Third', 'Second', 'First']);
});

test('search finds titles and texts, two syllables of Korean too, and back leads through it', async ({ visit }) => {
  const mina = await visit('Mina');
  await ownDocument(mina, { title: 'Plans', content: 'Where the cathedral stands.' });
  await ownDocument(mina, { title: '여름 계획', content: '바다로 갑니다. 회의록은 다음 주에.' });
  await mina.page.goto('/');
  await expect(titles(mina)).toHaveText(['여름 계획', 'Plans']);
  await mina.page.keyboard.press('/');
  const search = mina.page.getByTestId('search');
  await expect(search).toBeFocused();
  await mina.page.keyboard.type('계획');
  await expect(titles(mina)).toHaveText(['여름 계획']);
  await expect(titles(mina).locator('mark')).toHaveText('계획');

  // The text is indexed a moment after it was written.
  await expect(async () => {
    await search.fill('');
    await search.fill('회의');
    await expect(titles(mina)).toHaveText(['여름 계획'], { timeout: 1000 });
  }).toPass();
  await expect(mina.page.locator('mark')).toHaveText('회의');
  await search.fill('cathedral');
  await expect(titles(mina)).toHaveText(['Plans']);
  await expect(mina.page).toHaveURL('/?q=cathedral');
  await search.press('ArrowDown');
  await expect(rowOf(mina, 'Plans').getByRole('link')).toBeFocused();
  await mina.page.keyboard.press('Enter');
  await mina.whenReady();
  await mina.page.goBack();
  await expect(search).toHaveValue('cathedral');
  await expect(titles(mina)).toHaveText(['Plans']);

  await search.fill('zeppelin');
  await expect(mina.page.getByTestId('nothing')).toContainText('Nothing found for “zeppelin”');
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(titles(mina)).toHaveText(['여름 계획', 'Plans']);
  await expect(mina.page).toHaveURL('/');
});

test('an answer that comes late does not replace that to newer words', async ({ visit }) => {
  const mina = await visit('Mina');
  await ownDocument(mina, { title: 'Plans' });
  await ownDocument(mina, { title: 'Planets' });
  await mina.page.goto('/');
  await expect(titles(mina)).toHaveCount(2);
  let answer = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => (answer = resolve));
  await mina.page.route(/q=pla(&|$)/, async (route) => {
    await isHeld;
    await route.fallback();
  });
  const search = mina.page.getByTestId('search');
  const asked = mina.page.waitForRequest(/q=pla(&|$)/);
  await search.fill('pla');
  await asked;
  await search.fill('plans');
  await expect(titles(mina)).toHaveText(['Plans']);
  const late = mina.page.waitForResponse(/q=pla(&|$)/);
  answer();
  await late;
  await expect(titles(mina)).toHaveText(['Plans']);
});

test('mine, shared with me, watched: each list has its own, and the address keeps which', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const theirs = await ownDocument(joon, { title: 'From Joon' });
  await ownDocument(mina, { title: 'My own' });
  await mina.open(theirs);
  await mina.page.goto('/');
  await expect(titles(mina)).toHaveCount(2);
  const filter = (name: string) => mina.page.getByRole('button', { name, exact: true });
  await filter('Mine').click();
  await expect(titles(mina)).toHaveText(['My own']);
  await expect(filter('Mine')).toHaveAttribute('aria-pressed', 'true');
  await filter('Shared with me').click();
  await expect(titles(mina)).toHaveText(['From Joon']);
  await expect(mina.page).toHaveURL('/?show=shared');

  await choose(rowOf(mina, 'From Joon'), 'watch');
  await expect(rowOf(mina, 'From Joon').getByTestId('watched')).toBeVisible();
  await filter('Watched').click();
  await expect(titles(mina)).toHaveText(['From Joon']);
  await choose(rowOf(mina, 'From Joon'), 'watch');
  await expect(rowOf(mina, 'From Joon').getByTestId('watched')).toHaveCount(0);
  await mina.page.reload();
  await expect(mina.page.getByTestId('nothing')).toContainText('You are not watching any documents');
  await mina.page.goBack();
  await expect(filter('Shared with me')).toHaveAttribute('aria-pressed', 'true');
  await expect(titles(mina)).toHaveText(['From Joon']);
});

test('the list is sorted as one likes', async ({ visit }) => {
  const mina = await visit('Mina');
  for (const title of ['Banana', 'Apple', 'Cherry']) await ownDocument(mina, { title });
  await mina.page.goto('/');
  await expect(titles(mina)).toHaveText(['Cherry', 'Apple', 'Banana']);
  await mina.page.getByTestId('sort').click();
  await mina.page.getByRole('menuitemcheckbox', { name: 'Title' }).click();
  await expect(titles(mina)).toHaveText(['Apple', 'Banana', 'Cherry']);
  await expect(mina.page).toHaveURL('/?sort=title');
  await expect(mina.page.getByRole('button', { name: 'Sorted by: Title' })).toBeVisible();
});

test('a duplicate has the text, stands in the list at once, and is a document of its own', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans', content: 'The text.' });
  await mina.page.goto('/');
  await choose(rowOf(mina, 'Plans'), 'duplicate');
  await expect(titles(mina)).toHaveText(['Plans (copy)', 'Plans']);
  await mina.page.getByTestId('toasts').getByRole('button', { name: 'Open' }).click();
  await mina.whenReady();
  expect(mina.page.url()).not.toBe(url);
  await expect(mina.editor).toHaveText('The text.');
  await expect(mina.page.getByTestId('title')).toHaveValue('Plans (copy)');
});

test('Copy link of a row puts its link on the clipboard', async ({ visit }) => {
  const mina = await visit('Mina', { context: CLIPBOARD });
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.page.goto('/');
  await choose(rowOf(mina, 'Plans'), 'copy-link');
  await expect(mina.page.getByTestId('toasts')).toContainText('Link copied');
  expect(await mina.page.evaluate(() => navigator.clipboard.readText())).toBe(url);
});

test('the last of many documents is reached, only those near the screen are there, and the focus stays', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const data = (index: number) => ({ data: { title: `Document ${index}` } });
  for (let index = 0; index < 250; index += 1) await mina.context.request.post('/api/documents', data(index));
  await mina.page.goto('/');
  await expect(titles(mina).first()).toHaveText('Document 249');
  await mina.page.getByTestId('search').press('ArrowDown');
  const first = rowOf(mina, 'Document 249').getByRole('link');
  await expect(first).toBeFocused();
  await expect(async () => {
    await mina.page.mouse.move(640, 500);
    await mina.page.mouse.wheel(0, 20_000);
    await expect(titles(mina).last()).toHaveText('Document 0', { timeout: 500 });
  }).toPass();
  expect(await mina.page.getByTestId('document-row').count()).toBeLessThan(60);
  await expect(first).toBeFocused();
  const last = mina.page.getByRole('listitem').last();
  await expect(last).toHaveAttribute('aria-posinset', '250');
  await expect(last).toHaveAttribute('aria-setsize', '250');
});
