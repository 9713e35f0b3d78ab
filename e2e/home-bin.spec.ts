import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { choose, rowOf, titles } from './fixtures/home.ts';
import { deleteDocument, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('the bin keeps what was moved there until it is restored, or deleted for good', async ({ visit }) => {
  const mina = await visit('Mina');
  await ownDocument(mina, { title: 'Precious' });
  await ownDocument(mina, { title: 'Rubbish' });
  await mina.page.goto('/');
  for (const title of ['Precious', 'Rubbish']) {
    await choose(rowOf(mina, title), 'bin');
    await expect(rowOf(mina, title)).toHaveCount(0);
  }
  await mina.page.getByTestId('in-bin').click();
  await expect(mina.page).toHaveURL('/?show=bin');
  await expect(titles(mina)).toHaveCount(2);
  await expect(rowOf(mina, 'Precious')).toContainText('In the bin since');
  await expect(rowOf(mina, 'Precious').getByRole('link')).toHaveCount(0);
  await rowOf(mina, 'Precious').getByRole('button', { name: 'Restore Precious' }).click();
  await expect(titles(mina)).toHaveText(['Rubbish']);

  await choose(rowOf(mina, 'Rubbish'), 'delete');
  const dialog = mina.page.getByTestId('delete-for-good');
  await expect(dialog).toContainText('“Rubbish”');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await mina.page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(titles(mina)).toHaveText(['Rubbish']);
  await choose(rowOf(mina, 'Rubbish'), 'delete');
  await dialog.getByTestId('delete-now').click();
  await expect(mina.page.getByTestId('nothing')).toHaveText('The bin is empty.');
  await mina.page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(titles(mina)).toHaveText(['Precious']);
});

test('whoever can restore a document in the bin is told so where it would be, and nobody else', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  for (const person of [mina, joon]) person.log.allow(/status of 404|response code: 404/);
  const url = await ownDocument(mina, { title: 'Plans', content: 'The text.' });
  await joon.open(url);
  await mina.page.goto('/');
  await choose(rowOf(mina, 'Plans'), 'bin');
  await expect(rowOf(mina, 'Plans')).toHaveCount(0);
  await joon.page.goto('about:blank');
  await joon.page.goto(url);
  await expect(joon.page.getByTestId('missing')).toBeVisible();
  await mina.page.goto(url);
  await expect(mina.page.getByTestId('binned')).toContainText('This document is in the bin');
  await mina.page.getByTestId('restore').click();
  await expect(mina.editor).toHaveText('The text.');
  await joon.open(url);
  await expect(joon.editor).toHaveText('The text.');
});

test('an owner whose open document goes into the bin takes it out again there', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  for (const person of [mina, joon]) person.log.allow(/status of 404|response code: 404/);
  const url = await ownDocument(mina, { title: 'Plans', content: 'The text.' });
  await mina.open(url);
  await joon.open(url);
  await deleteDocument(mina, url);
  await expect(joon.page.getByTestId('refused')).toContainText('Document deleted');
  await expect(joon.page.getByTestId('restore')).toHaveCount(0);
  const notice = mina.page.getByTestId('refused');
  await expect(notice).toContainText('In the bin. Nobody can open this document until you restore it.');
  await expect(notice).not.toContainText('deleted');
  await expect(mina.statusLine).toHaveText('In the bin');
  await notice.getByTestId('restore').click();
  await expect(mina.page.getByTestId('refused')).toHaveCount(0);
  await mina.press('Control+End');
  await mina.type(' More.');
  await joon.page.getByTestId('refused').getByRole('button', { name: 'Try again' }).click();
  await expectConverged([mina, joon], url, { text: 'The text. More.' });
});

test('the focus stays in the list when its row goes into the bin', async ({ visit }) => {
  const mina = await visit('Mina');
  for (const title of ['First', 'Second', 'Third']) await ownDocument(mina, { title });
  await mina.page.goto('/');
  await choose(rowOf(mina, 'Second'), 'bin');
  await expect(rowOf(mina, 'First').getByRole('link')).toBeFocused();
  await choose(rowOf(mina, 'First'), 'bin');
  await expect(rowOf(mina, 'Third').getByRole('link')).toBeFocused();
});
