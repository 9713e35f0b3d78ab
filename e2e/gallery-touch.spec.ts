import { expect, type Locator, type Page } from '@playwright/test';
import { expectKeyboard, raiseKeyboard, test } from './fixtures/gallery.ts';

/** The same parts on a phone: sheets, fingers, and keyboards on the screen. */

const [WIDTH, HEIGHT] = [390, 740];

test.use({ viewport: { width: WIDTH, height: HEIGHT }, hasTouch: true, isMobile: true });

async function boxOf(part: Locator): Promise<{ top: number; bottom: number; height: number; width: number }> {
  return part.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
}

/** Moves the grip of a sheet by some pixels in some steps. */
async function drag(page: Page, grip: Locator, by: number): Promise<void> {
  const { top, height } = await boxOf(grip);
  const [x, y] = [WIDTH / 2, top + height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 5; step += 1) await page.mouse.move(x, y + (by * step) / 5);
  await page.mouse.up();
}

test('a sheet takes 58 % of the screen or all of it, by a press and by a finger', async ({ page, gallery }) => {
  await gallery.show('sheets');
  await page.getByRole('button', { name: 'Versions' }).tap();
  const sheet = page.getByRole('complementary');
  await expect(sheet).toHaveAccessibleName(/^Autumn release/);
  await expect.poll(async () => (await boxOf(sheet)).bottom).toBe(HEIGHT);
  expect((await boxOf(sheet)).height).toBeCloseTo(HEIGHT * 0.58, 0);

  await page.getByRole('button', { name: 'Larger' }).tap();
  expect((await boxOf(sheet)).height).toBe(HEIGHT);
  const grip = page.getByRole('button', { name: 'Smaller' });
  await drag(page, grip, 250);
  await expect.poll(async () => (await boxOf(sheet)).height).toBeCloseTo(HEIGHT * 0.58, 0);
  await drag(page, page.getByRole('button', { name: 'Larger' }), -250);
  await expect.poll(async () => (await boxOf(sheet)).height).toBe(HEIGHT);
  await drag(page, grip, 600);
  await expect(sheet).toHaveCount(0);
});

test('a sheet has no scrim, its head and foot stay while it scrolls, Escape closes it', async ({ page, gallery }) => {
  await gallery.show('sheets');
  await page.getByRole('radio', { name: '한국어' }).tap();
  await page.getByRole('button', { name: 'Versions' }).tap();
  const sheet = page.getByRole('complementary');
  const field = sheet.getByLabel('Message');
  const inside = sheet.locator('.inside');
  await inside.evaluate((element) => (element.scrollTop = 900));
  await expect.poll(() => inside.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
  await expect(field).toBeInViewport({ ratio: 1 });
  await expect(sheet.getByRole('button', { name: '닫기' })).toBeInViewport({ ratio: 1 });
  // What is above the sheet can be pressed.
  await page.getByRole('link', { name: 'Avatars' }).tap({ trial: true });
  await field.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Versions' })).toBeFocused();
});

test('a sheet, a dialog and a toast stand above a keyboard on the screen', async ({ page, gallery }) => {
  await expectKeyboard(page);
  await gallery.show('sheets');
  await page.getByRole('button', { name: 'Versions' }).tap();
  const sheet = page.getByRole('complementary');
  await raiseKeyboard(page, 300);
  await expect.poll(async () => (await boxOf(sheet)).bottom).toBe(HEIGHT - 300);
  expect((await boxOf(sheet)).height).toBeCloseTo((HEIGHT - 300) * 0.58, 0);
  await page.getByRole('button', { name: 'Larger' }).tap();
  await expect.poll(async () => (await boxOf(sheet)).top).toBe(0);

  await gallery.show('dialogs');
  await page.getByRole('button', { name: 'Share…' }).tap();
  await raiseKeyboard(page, 300);
  await expect.poll(async () => (await boxOf(page.getByRole('dialog'))).bottom).toBe(HEIGHT - 300);

  await gallery.show('toasts');
  await page.getByRole('button', { name: 'Delete', exact: true }).tap();
  await raiseKeyboard(page, 300);
  await expect.poll(async () => (await boxOf(page.locator('.toast'))).bottom).toBe(HEIGHT - 300 - 16);
});

test('where the keyboard makes the page smaller, the sheet goes with it', async ({ page, gallery }) => {
  await gallery.show('sheets');
  await page.getByRole('button', { name: 'Versions' }).tap();
  await page.setViewportSize({ width: WIDTH, height: 440 });
  const sheet = page.getByRole('complementary');
  await expect.poll(async () => (await boxOf(sheet)).bottom).toBe(440);
  expect((await boxOf(sheet)).height).toBeCloseTo(440 * 0.58, 0);
});

test('a dialog takes the whole screen, and its action is pinned below', async ({ page, gallery }) => {
  await gallery.show('dialogs');
  await page.getByRole('button', { name: 'Share…' }).tap();
  const dialog = page.getByRole('dialog');
  expect(await boxOf(dialog)).toMatchObject({ top: 0, width: WIDTH, height: HEIGHT });
  const action = await boxOf(dialog.getByRole('button', { name: 'Copy the code' }));
  expect(action.width).toBeGreaterThan(WIDTH - 40);
  expect(action.bottom).toBeGreaterThan(HEIGHT - 20);
  expect(action.height).toBeGreaterThanOrEqual(44);
});

test('a menu tells no keys where there is no keyboard', async ({ page, gallery }) => {
  await gallery.show('menus');
  await page.getByTestId('menu').tap();
  const find = page.getByRole('menuitem', { name: 'Find' });
  await expect(find).toBeVisible();
  await expect(find.getByText('Ctrl')).toBeHidden();
});

test('a popover is a sheet', async ({ page, gallery }) => {
  await gallery.show('popovers');
  await page.getByRole('button', { name: 'Versions' }).tap();
  const sheet = page.getByRole('dialog');
  await expect.poll(() => boxOf(sheet)).toMatchObject({ bottom: HEIGHT, width: WIDTH });
  expect((await boxOf(sheet)).height).toBeCloseTo(HEIGHT * 0.58, 0);
  await drag(page, sheet.getByRole('button', { name: 'Larger' }), -250);
  await expect.poll(async () => (await boxOf(sheet)).height).toBe(HEIGHT);
  await sheet.getByRole('button', { name: 'Close' }).tap();
  await expect(sheet).toHaveCount(0);
});

for (const item of [
  ...['buttons', 'menus', 'panel', 'popovers', 'row', 'rows'],
  ...['segmented', 'sheets', 'switches', 'tabs', 'toasts'],
]) {
  test(`everything on ${item} is large enough for a finger`, async ({ page, gallery }) => {
    await gallery.show(item);
    const opener = { menus: 'More', panel: 'Outline', sheets: 'Chat', toasts: 'Delete', popovers: 'Versions' }[item];
    if (opener !== undefined) await page.getByRole('button', { name: opener, exact: true }).tap();
    // What rises has its size when it has risen.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    const heights = await page
      .locator('main, .sheet, .toast')
      .locator('button:visible, a:visible, select:visible, input:visible')
      // The link of a row is as high as the row, by what lies over it.
      .evaluateAll((all) =>
        all
          .filter((one) => one.closest('.row:has(> .words)') === null || one.closest('.more') !== null)
          .map((one) => [one.textContent, one.getBoundingClientRect().height] as const),
      );
    expect(heights.length).toBeGreaterThan(2);
    expect(heights.filter(([, height]) => height < 44)).toEqual([]);
  });
}
