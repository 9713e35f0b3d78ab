import { expect } from '@playwright/test';
import { rowOf } from './fixtures/home.ts';
import { chooseInMore } from './fixtures/menus.ts';
import { ownDocument, setRole } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('an owner moves the open document to the bin, which asks nothing, and Undo leads back to it', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const { page } = mina;
  await mina.open(await ownDocument(mina, { title: 'Plans', content: 'Sea.' }));
  await page.getByTestId('more').click();
  const lines = page.getByRole('menu', { name: 'More' }).getByRole('menuitem');
  await expect(lines.last()).toHaveText('Move to bin');
  await expect(lines.filter({ hasText: 'Leave' })).toHaveCount(0);
  await lines.last().click();
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(rowOf(mina, 'Plans')).toHaveCount(0);
  const toast = page.getByTestId('toasts');
  await expect(toast).toContainText('“Plans” is in the bin');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(mina.editor).toHaveText('Sea.');
  await mina.focusEditor();
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill('delete');
  await expect(page.getByRole('option', { selected: true })).toHaveText('Move to bin');
  await page.keyboard.press('Enter');
  await expect(toast).toContainText('“Plans” is in the bin');
  await expect(rowOf(mina, 'Plans')).toHaveCount(0);
});

test('somebody who is no owner watches the open document, and leaves it after being asked', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(mina, { title: 'Plans', content: 'Sea.', linkAccess: 'none' });
  await setRole(mina, url, joon, 'viewer');
  await joon.open(url);
  const { page } = joon;
  await chooseInMore(joon, 'watch');
  await expect(page.getByTestId('announcer')).toHaveText(/You are now watching .*Plans/);
  await page.getByTestId('more').click();
  await expect(page.locator('[data-item="watch"]:visible')).toHaveText('Stop watching');
  await expect(page.locator('[data-item="bin"]')).toHaveCount(0);
  await page.locator('[data-item="leave"]:visible').click();
  const question = page.getByRole('dialog', { name: 'Leave Plans' });
  await expect(question).toContainText('It disappears from your list');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill('leave');
  await page.keyboard.press('Enter');
  await question.getByTestId('leave-now').click();
  await expect(page.getByTestId('toasts')).toContainText('You left “Plans”.');
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(rowOf(joon, 'Plans')).toHaveCount(0);
});
