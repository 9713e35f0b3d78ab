import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { choose } from './fixtures/home.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { withDebug } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const NOT_FOUND = /the server responded with a status of 404|Unexpected response code: 404/;

test('New document on the first visit: typing works at once, without a click', async ({ visit }) => {
  const mina = await visit('Mina');
  await mina.page.goto('/');
  await expect(mina.page.getByRole('heading', { name: 'Write together' })).toBeVisible();
  await mina.page.getByTestId('new-document').click();
  await expect(mina.editor).toBeFocused();
  await mina.page.keyboard.type('Typed at once.');
  await expect(mina.editor).toHaveText('Typed at once.');
  await expect(mina.statusLine).toContainText(/saved/i);

  const url = mina.page.url();
  await mina.open(url);
  await expectConverged([mina], url, { text: 'Typed at once.' });
});

test('what is typed into a new document before its text is there becomes its beginning', async ({ visit }) => {
  const mina = await visit('Mina');
  await mina.page.goto('/');
  mina.network.hold();
  await mina.page.getByTestId('new-document').click();
  await expect(mina.page.getByTestId('document')).toHaveAttribute('data-collab-state', 'connecting');
  await mina.page.keyboard.type('Early\nwordz');
  await mina.page.keyboard.press('Backspace');
  await mina.page.keyboard.type('s');
  await expect(mina.editor).toHaveCount(0);
  mina.network.release();
  await expect(mina.editor).toBeFocused();
  await mina.page.keyboard.type(', and later ones');
  await expect(mina.statusLine).toContainText(/saved/i);
  const url = mina.page.url();
  await mina.open(url);
  await expectConverged([mina], url, { text: 'Early\nwords, and later ones' });
});

test('my documents, newest first, with their titles, and who is in there now', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon Park')];
  const [first, second] = [await ownDocument(mina, { title: 'First' }), await ownDocument(mina, { title: 'Second' })];
  const rows = mina.page.getByTestId('document-row');
  await mina.page.goto('/');
  await expect(rows.locator('.title')).toHaveText(['Second', 'First']);

  await joon.open(first);
  await joon.type('New words.');
  await expectConverged([joon], first, { text: 'New words.' });
  await mina.page.reload();
  await expect(rows.locator('.title')).toHaveText(['First', 'Second']);
  await expect(rows.first().getByTestId('present')).toHaveAccessibleName('Here now: Joon Park');
  await expect(rows.last().getByTestId('present')).toHaveCount(0);

  await rows.last().getByRole('link').click();
  await expect(mina.page).toHaveURL(second);
  await mina.page.goBack();
  await expect(rows).toHaveCount(2);
});

test('a document is renamed in the list, and says so in the open document of another', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(mina, { title: 'Old name' });
  await joon.open(url);
  await mina.page.goto('/');
  const row = mina.page.getByTestId('document-row');
  await choose(row, 'rename');
  await mina.page.keyboard.type('New name');
  await mina.page.keyboard.press('Enter');
  await expect(row.locator('.title')).toHaveText('New name');
  await expect(joon.page.getByTestId('title')).toHaveValue('New name');
  await expect(joon.page).toHaveTitle(/^New name/);

  // Escape changes nothing.
  await choose(row, 'rename');
  await mina.page.keyboard.type('Never');
  await mina.page.keyboard.press('Escape');
  await expect(row.locator('.title')).toHaveText('New name');
  await expectConverged([joon], url, { text: '' });
});

test('a document is moved to the bin, and Undo brings it back with its text', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.open(url);
  await mina.type('Precious.');
  await expectConverged([mina], url, { text: 'Precious.' });

  await mina.page.goto('/');
  const row = mina.page.getByTestId('document-row');
  await choose(row, 'bin');
  await expect(row).toHaveCount(0);
  const toast = mina.page.getByTestId('toasts');
  await expect(toast).toContainText('“Plans” is in the bin');
  expect((await mina.context.request.get(`/api${new URL(url).pathname.replace('/d/', '/documents/')}`)).status()).toBe(
    404,
  );

  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(row.locator('.title')).toHaveText('Plans');
  await mina.open(url);
  await expectConverged([mina], url, { text: 'Precious.' });
});

test('whoever has a document open that is moved to the bin is told, and keeps the text to copy', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon', { context: CLIPBOARD })];
  const url = await ownDocument(mina, { title: 'Plans' });
  await joon.open(url);
  await joon.type('What I wrote.');
  await expectConverged([joon], url, { text: 'What I wrote.' });
  joon.network.hold();
  await joon.type(' And more.');
  joon.log.allow(NOT_FOUND);

  await mina.page.goto('/');
  await choose(mina.page.getByTestId('document-row'), 'bin');
  await expect(mina.page.getByTestId('document-row')).toHaveCount(0);
  joon.network.release();
  const notice = joon.page.getByTestId('refused');
  await expect(notice).toContainText('Document deleted');
  await expect(joon.statusLine).toContainText('Document deleted');
  await notice.getByTestId('rescue-copy').click();
  await expect.poll(() => joon.page.evaluate(() => navigator.clipboard.readText())).toBe('What I wrote. And more.');
  const download = joon.page.waitForEvent('download');
  await notice.getByTestId('rescue-download').click();
  expect((await download).suggestedFilename()).toBe('Plans.md');
  expect(await joon.text()).toBe('What I wrote. And more.');
});

test('a document that is not there, and an address that leads nowhere, say so', async ({ visit }) => {
  const mina = await visit('Mina');
  mina.log.allow(NOT_FOUND);
  await mina.page.goto('/d/unknownunknown00');
  await expect(mina.page.getByRole('heading')).toHaveText('This document cannot be found');
  const answer = await mina.page.goto('/nowhere');
  expect(answer!.status()).toBe(404);
  await expect(mina.page.getByRole('heading')).toHaveText('There is nothing here');
  await mina.page.getByRole('link', { name: 'Go to your documents' }).click();
  await expect(mina.page.getByTestId('home')).toBeVisible();
});

test('from the list into a document and back, again and again, leaves nobody behind', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(mina, { title: 'Plans' });
  await joon.open(url);
  const seen = joon.page.getByTestId('presence');
  for (let round = 0; round < 3; round += 1) {
    await mina.page.goto('/');
    await mina.page.getByTestId('document-row').getByRole('link').click();
    await expect(seen).toHaveAttribute('data-count', '2');
    await mina.page.getByRole('link', { name: 'All documents' }).click();
    await expect(seen).toHaveAttribute('data-count', '1');
  }
  await mina.page.goto(withDebug(url));
  await expect(seen).toHaveAttribute('data-count', '2');
  await expectConverged([joon], url, { text: '' });
});
