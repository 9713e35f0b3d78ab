import { expect, type Locator } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { needs } from './fixtures/lacks.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

/** Presses Tab (or Shift+Tab) until something has the focus, at most thirty times. */
async function tabTo(person: Person, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let count = 0; count < 30; count += 1) {
    if (await hasFocus()) return;
    await person.page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

test(
  'a document is made, written and shared with the keyboard alone',
  needs('full-circle'),
  async ({ visit, join }) => {
    const mina = await visit('Mina', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const { page } = mina;
    await page.goto('/');
    await tabTo(mina, page.getByTestId('new-document'));
    await page.keyboard.press('Enter');
    await expect(mina.editor).toBeFocused();
    const url = page.url();
    await page.keyboard.type('One\ttwo');
    await expect(mina.editor).toHaveText('One\ttwo', { useInnerText: true });

    // Tab belongs to the text until Escape.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(mina.editor).not.toBeFocused();
    await tabTo(mina, page.getByTestId('title'), 'Shift+Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('By hand');
    await page.keyboard.press('Enter');
    await expect(mina.editor).toBeFocused();
    await expect(page).toHaveTitle('By hand – Weft');

    await page.keyboard.press('Escape');
    await tabTo(mina, page.getByTestId('more'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-item="find"]')).toBeFocused();
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('toasts')).toHaveText(
      /^Link copied|^The browser does not let Weft copy\. Copy it yourself/,
    );
    await expect(page.getByTestId('more')).toBeFocused();

    await tabTo(mina, page.getByTestId('own-avatar'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(mina, page.getByTestId('profile-name'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Mina Seo');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('own-avatar')).toHaveAccessibleName(/^You are Mina Seo\b/);

    const joon = await join('Joon', { url });
    await tabTo(mina, page.getByRole('button', { name: 'Joon, Editor' }));
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-item="follow"]')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('following')).toContainText('Following Joon');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('following')).toBeHidden();

    await tabTo(mina, page.getByTestId('more'));
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-item="find"]')).toBeFocused();
    // The last one is Move to bin.
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Commands and shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByTestId('more')).toBeFocused();
    await expectConverged([joon], url, { text: 'One\ttwo' });
  },
);

test('the first Tab of a page offers to skip to the text, and Ctrl+/ opens the commands from there', async ({
  join,
}) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  await mina.type('a');
  await mina.page.reload();
  await expect(mina.editor).toHaveText('a');
  const skip = mina.page.getByRole('link', { name: 'Skip to the text' });
  await tabTo(mina, skip);
  await mina.page.keyboard.press('Enter');
  await expect(mina.editor).toBeFocused();
  await mina.page.keyboard.press('Control+/');
  await expect(mina.page.getByRole('dialog', { name: 'Commands and shortcuts' })).toBeVisible();
  await mina.page.keyboard.press('Escape');
  await expect(mina.editor).toBeFocused();
  await mina.page.keyboard.press('Control+End');
  await mina.page.keyboard.type('b');
  await expectConverged([mina], url, { text: 'ab' });
});

test('documents are opened, renamed and moved to the bin with the keyboard alone', async ({ visit }) => {
  const mina = await visit('Mina');
  const { page } = mina;
  await mina.context.request.post('/api/documents', { data: { title: 'Plans' } });
  await page.goto('/');
  await tabTo(mina, page.getByRole('button', { name: 'More for Plans' }));
  const firstLine = page.getByRole('menuitem').first();
  await page.keyboard.press('Enter');
  await expect(firstLine).toBeFocused();
  await page.keyboard.press('r');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Better plans');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('document-row').locator('.title')).toHaveText('Better plans');
  await expect(page.getByRole('button', { name: 'More for Better plans' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(firstLine).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('document-row')).toHaveCount(0);
  await tabTo(mina, page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await tabTo(mina, page.getByTestId('document-row').getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('title')).toHaveValue('Better plans');
});
