import { expect, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expectNothingFound, findOverhang, test } from './fixtures/gallery.ts';

const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
};

/** The pages of the gallery, and how to open what is closed at first. */
const ITEMS: Readonly<Record<string, ((page: Page) => Promise<void>) | undefined>> = {
  avatars: undefined,
  badges: undefined,
  bands: undefined,
  bar: undefined,
  buttons: undefined,
  confirms: press('Delete…'),
  dialogs: press('Share…'),
  empty: undefined,
  icons: undefined,
  rows: undefined,
  margin: undefined,
  menus: press('More'),
  popovers: press('People here'),
  row: undefined,
  segmented: undefined,
  sheets: press('Versions'),
  panel: undefined,
  skeletons: undefined,
  switches: undefined,
  tabs: undefined,
  toasts: press('Delete a long one'),
};

test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

test('every part has a page in the gallery, and links lead from one to the other', async ({ page, gallery }) => {
  await gallery.show('buttons');
  const links = page.getByRole('navigation').getByRole('link');
  const names = await links.evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).search));
  expect(names.map((search) => new URLSearchParams(search).get('item'))).toEqual(Object.keys(ITEMS));
  await page.getByRole('radio', { name: 'Right to left' }).click();
  await page.getByRole('link', { name: 'Switches' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Switches');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
});

test('the gallery is not shipped', () => {
  const shipped = path.resolve(import.meta.dirname, '../dist/web');
  expect(existsSync(path.join(shipped, 'index.html'))).toBe(true);
  expect(existsSync(path.join(shipped, 'gallery.html'))).toBe(false);
});

for (const [item, open] of Object.entries(ITEMS)) {
  test(`axe finds nothing on ${item}, nothing moves, nothing reaches out`, async ({ page, gallery }) => {
    for (const direction of ['ltr', 'rtl'] as const) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await gallery.show(item, direction);
      await open?.(page);
      await expectNothingFound(page, `${direction}, light`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectNothingFound(page, `${direction}, dark`, ['color-contrast', 'link-in-text-block']);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      for (const width of [1280, 700, 320]) {
        await page.setViewportSize({ width, height: 740 });
        await expect.poll(() => findOverhang(page), `${direction}, ${width} px`).toEqual([]);
      }
    }
  });
}
