import { expect } from '@playwright/test';
import { choose } from './fixtures/home.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('a template becomes a document with its text, from the first visit and from the menu beside New', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  await mina.page.goto('/');
  await mina.page.locator('[data-template="project"]').click();
  await expect(mina.editor).toContainText('What will be done');
  await expect(mina.page.getByTestId('title')).toHaveValue('Project plan');
  await mina.page.goto('/');
  await mina.page.getByTestId('new-from').click();
  await mina.page.getByRole('menuitem', { name: 'Meeting notes' }).click();
  await expect(mina.editor).toContainText('Who does what');
});

test('templates and page are in Korean for who reads Korean', async ({ visit }) => {
  const mina = await visit('민아', { context: { locale: 'ko-KR' } });
  await mina.page.goto('/');
  await expect(mina.page.getByRole('heading', { level: 1 })).toHaveText('함께 쓰기');
  await mina.page.locator('[data-template="meeting"]').click();
  await expect(mina.editor).toContainText('결정 사항');
  await mina.page.goto('/');
  await expect(mina.page.getByRole('heading', { level: 1 })).toHaveText('문서');
  await expect(mina.page.getByRole('heading', { level: 2 })).toHaveText('오늘');
});

test('a pasted link opens its document, and what is none says why', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(joon, { title: 'From Joon', content: 'Hello.' });
  await mina.page.goto('/');
  const field = mina.page.getByTestId('pasted-link');
  const alert = mina.page.getByRole('alert');
  await field.press('Enter');
  await expect(alert).toHaveText('Paste the link to a document first.');
  await field.fill('https://elsewhere.example/d/abc');
  await field.press('Enter');
  await expect(alert).toContainText('This link leads to elsewhere.example');
  await field.fill(url.slice(0, -30));
  await field.press('Enter');
  await expect(alert).toBeVisible();
  await field.fill(`<${url}?utm_source=mail>.`);
  await mina.page.getByTestId('open-link').click();
  await expect(mina.page).toHaveURL(url);
  await expect(mina.editor).toHaveText('Hello.');
});

test('a guest is told once where their documents are', async ({ visit }) => {
  const mina = await visit('Mina');
  await ownDocument(mina, { title: 'Plans' });
  await mina.page.goto('/');
  const note = mina.page.getByTestId('guest-note');
  await note.getByText('You are here as a guest').click();
  await expect(note).toContainText('A cookie in this browser knows you as Mina.');
  await note.getByRole('button', { name: 'Got it' }).click();
  await expect(note).toHaveCount(0);
  await mina.page.reload();
  await expect(mina.page.getByTestId('document-row')).toBeVisible();
  await expect(note).toHaveCount(0);
});

test('a list that cannot be read says so, and comes with Try again', async ({ visit }) => {
  const mina = await visit('Mina');
  mina.log.allow(/ERR_FAILED/);
  await ownDocument(mina, { title: 'Plans' });
  await mina.page.route('**/api/documents?*', (route) => route.abort());
  await mina.page.goto('/');
  await expect(mina.page.getByRole('alert')).toContainText('The server cannot be reached');
  await mina.page.unroute('**/api/documents?*');
  await mina.page.getByRole('button', { name: 'Try again' }).click();
  await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Plans');
});

test('on a phone every row has its menu, a title its whole line, and nothing is wider than the page', async ({
  visit,
}) => {
  const mina = await visit('Mina', { viewport: { width: 390, height: 844 }, context: { hasTouch: true } });
  await ownDocument(mina, { title: 'A title that is longer than any phone is wide, and says everything there is' });
  await mina.page.goto('/');
  const row = mina.page.getByTestId('document-row');
  const [title, whole] = [await row.locator('.title').boundingBox(), await row.boundingBox()];
  expect(title!.width).toBeGreaterThan(whole!.width * 0.75);
  const menu = await row.getByTestId('row-menu').boundingBox();
  expect(Math.min(menu!.width, menu!.height)).toBeGreaterThanOrEqual(44);
  expect(await mina.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await choose(row, 'watch');
  await expect(row.getByTestId('watched')).toBeVisible();
});
