import { expect, type Page } from '@playwright/test';
import { test } from './fixtures/gallery.ts';

/** Widgets by keyboard and as screen readers are told of them, part by part. */

/** Whether something outside of the dialog has the focus; between its last and its first there is the browser's own bar. */
const isFocusOutside = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null);

for (const [direction, next, previous] of [
  ['ltr', 'ArrowRight', 'ArrowLeft'],
  ['rtl', 'ArrowLeft', 'ArrowRight'],
] as const) {
  test(`arrows go through tabs and choices, ${direction}`, async ({ page, gallery }) => {
    await gallery.show('tabs', direction);
    const tab = (name: RegExp) => page.getByRole('tab', { name });
    await tab(/^Chat/).focus();
    await page.keyboard.press(next);
    await expect(tab(/^Comments/)).toBeFocused();
    await expect(page.getByRole('tabpanel', { name: /^Comments/ })).toHaveText('What comments shows.');
    await page.keyboard.press(previous);
    await page.keyboard.press(previous);
    await expect(tab(/^History/)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(tab(/^Chat/)).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tabpanel', { name: /^History/ })).toBeFocused();

    await gallery.show('segmented', direction);
    const group = page.getByTestId('fewer');
    await group.getByRole('radio', { name: 'Auto' }).focus();
    // Light is disabled.
    await page.keyboard.press(next);
    await expect(group.getByRole('radio', { name: 'Dark' })).toBeFocused();
    await expect(group.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await page.keyboard.press('ArrowDown');
    await expect(group.getByRole('radio', { name: 'Auto' })).toBeChecked();
    await page.keyboard.press('Tab');
    expect(await group.evaluate((element) => element.contains(document.activeElement))).toBe(false);
  });

  test(`a popover hangs at the end of its button, ${direction}`, async ({ page, gallery }) => {
    await gallery.show('menus', direction);
    // Far enough from the edge for its whole width.
    await page.getByTestId('menu').evaluate((button) => (button.style.marginInlineStart = '18rem'));
    await page.getByTestId('menu').click();
    const [button, menu] = [page.getByTestId('menu'), page.getByRole('menu')];
    const sides = await Promise.all([button, menu].map(async (one) => (await one.boundingBox())!));
    const end = (box: (typeof sides)[number]): number => (direction === 'ltr' ? box.x + box.width : box.x);
    await expect.poll(async () => end((await menu.boundingBox())!)).toBeCloseTo(end(sides[0]!), 0);
  });
}

test('a tab out of sight scrolls into it', async ({ page, gallery }) => {
  await gallery.show('tabs');
  await page.getByRole('tab', { name: '개요' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Donaudampfschifffahrt' })).toBeInViewport({ ratio: 1 });
});

test('a dialog keeps the focus and its height, and gives the focus back', async ({ page, gallery }) => {
  await gallery.show('dialogs');
  const [opener, dialog] = [page.getByRole('button', { name: 'Share…' }), page.getByRole('dialog')];
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /^People/ })).toBeFocused();
  await expect(dialog).toMatchAriaSnapshot(`
    - dialog "Share Plans":
      - heading "Share Plans" [level=2]
      - button "Close"
      - tablist "Share":
        - tab "People 4" [selected]
        - tab "Links"
        - tab "Embed"
      - tabpanel "People 4":
        - paragraph: Here is what people has.
      - button "Copy the code"
  `);
  const { height } = (await dialog.boundingBox())!;
  await page.keyboard.press('End');
  await expect(page.getByRole('tabpanel', { name: 'Embed' })).toBeVisible();
  expect((await dialog.boundingBox())!.height).toBe(height);
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Tab');
    expect(await isFocusOutside(page)).toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('a dialog that is taken away gives the focus back; one that scrolls can be scrolled by keys', async ({
  page,
  gallery,
}) => {
  await gallery.show('dialogs');
  await page.getByRole('button', { name: 'Settings…' }).click();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await expect(page.getByRole('button', { name: 'Settings…' })).toBeFocused();

  await page.getByRole('button', { name: 'Help…' }).click();
  const inside = page.getByRole('dialog').locator('.inside');
  await page.keyboard.press('Tab');
  await expect(inside).toBeFocused();
  await page.keyboard.press('End');
  await expect.poll(() => inside.evaluate((element) => element.scrollTop)).toBeGreaterThan(100);
});

test('words selected out of a dialog do not close it, a click beside it does', async ({ page, gallery }) => {
  await gallery.show('dialogs');
  await page.getByRole('button', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog');
  const box = (await dialog.getByRole('tabpanel').boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(dialog).toHaveCount(0);
});

test('a menu by keyboard: arrows, letters, Escape', async ({ page, gallery }) => {
  await gallery.show('menus');
  const button = page.getByTestId('menu');
  const item = (name: string) => page.getByRole('menu').locator('button', { hasText: name });
  await button.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menu')).toMatchAriaSnapshot(`
    - menu "More":
      - menuitem "Find"
      - menuitem "Copy link"
      - menuitem "Download"
      - menuitemcheckbox "Focus mode" [checked]
      - menuitemcheckbox "Line numbers"
      - menuitem "Élan, with an accent"
      - menuitem "복사하기"
      - menuitem "Nothing to restore" [disabled]
      - separator
      - menuitem "Delete…"
  `);
  await expect(item('Find')).toBeFocused();
  await expect(item('Find').getByText('Ctrl F')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(item('Delete…')).toBeFocused();
  await page.keyboard.press('d');
  await expect(item('Download')).toBeFocused();
  await page.keyboard.press('d');
  await expect(item('Delete…')).toBeFocused();
  await page.keyboard.press('e');
  await expect(item('Élan')).toBeFocused();
  await item('Élan').dispatchEvent('keydown', { key: 'ㅂ', bubbles: true });
  await expect(item('복사하기')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowUp');
  await expect(item('Delete…')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('told')).toHaveText('find');
  await expect(button).toBeFocused();
});

test('a menu with many lines stays in the window', async ({ page, gallery }) => {
  await page.setViewportSize({ width: 800, height: 420 });
  await gallery.show('menus');
  await page.getByTestId('menu-many').press('ArrowUp');
  const last = page.getByRole('menuitem', { name: 'Version 40' });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 1 });
  const { y, height } = (await page.getByRole('menu').boundingBox())!;
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(420);
});

test('a popover takes the focus and gives it back', async ({ page, gallery }) => {
  await gallery.show('popovers');
  const button = page.getByTestId('popover');
  await button.press('Enter');
  await expect(page.getByRole('dialog', { name: 'People here' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Ada Lindqvist' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await button.press('Enter');
  await page.getByRole('button', { name: '김민아' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('in a sheet Escape closes a menu first, then the sheet', async ({ page, gallery }) => {
  await gallery.show('sheets');
  await page.getByRole('button', { name: 'Chat' }).press('Enter');
  const more = page.getByTestId('row-more').nth(1);
  await more.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Find' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Chat' })).toBeFocused();
});

test('in a menu the mouse and the keys lead to the same line', async ({ page, gallery }) => {
  await gallery.show('menus');
  await page.getByTestId('menu').click();
  await page.getByRole('menuitem', { name: 'Download' }).hover();
  await expect(page.getByRole('menuitem', { name: 'Download' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Focus mode' })).toBeFocused();
});

test('a switch, and what it says', async ({ page, gallery }) => {
  await gallery.show('switches');
  const one = page.getByTestId('switch');
  await one.focus();
  await page.keyboard.press('Space');
  await expect(one).toBeChecked();
  await expect(page.getByRole('switch', { name: 'Focus mode' })).toHaveAccessibleDescription(/^Only the paragraph/);
  await expect(page.getByRole('switch', { name: 'Reading out' })).toBeDisabled();
});

test('a question is answered by keyboard, and Escape takes it back', async ({ page, gallery }) => {
  await gallery.show('confirms');
  const opener = page.getByRole('button', { name: 'Delete…' }).first();
  await opener.press('Enter');
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
  await expect(page.getByTestId('confirm')).toMatchAriaSnapshot(`
    - group "Delete Plans? It stays in the bin for 30 days.":
      - paragraph: Delete Plans? It stays in the bin for 30 days.
      - button "Delete"
      - button "Cancel"
  `);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('confirm')).toHaveCount(0);
});

test('a row is one link, and its More names it', async ({ page, gallery }) => {
  await gallery.show('rows');
  const row = page.getByTestId('row').first();
  await expect(row).toMatchAriaSnapshot(`
    - link "Plans"
    - text: /Changed on Wednesday by/
    - button "More about Plans"
  `);
  await row.getByRole('link').focus();
  await page.keyboard.press('Tab');
  await expect(row.getByTestId('row-more')).toBeFocused();
  // Anywhere in the row is the link.
  const box = (await row.boundingBox())!;
  expect(box.height).toBeGreaterThanOrEqual(44);
  await page.mouse.click(box.x + box.width / 2, box.y + 4);
  await expect(page).toHaveURL(/#Plans$/);
  await row.getByTestId('row-more').click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByTestId('told')).toHaveText('copy');
});

test('empty notes have a heading, bands say how urgent they are, a badge is in the name of its button', async ({
  page,
  gallery,
}) => {
  await gallery.show('empty');
  await expect(page.getByRole('heading', { level: 3, name: 'No comments yet.' })).toBeVisible();
  await gallery.show('bands');
  await expect(page.getByTestId('problem')).toHaveRole('alert');
  for (const testid of ['info', 'warning']) await expect(page.getByTestId(testid)).toHaveRole('status');
  expect((await page.getByTestId('info').boundingBox())!.height).toBe(40);
  await gallery.show('badges');
  await expect(page.getByRole('button', { name: 'People, 120 new' })).toContainText('99+');
});
