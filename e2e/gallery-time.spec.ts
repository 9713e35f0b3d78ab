import { expect, type Page } from '@playwright/test';
import { test } from './fixtures/gallery.ts';

/** What parts do as time goes by, and while the theme changes. */

const toast = (page: Page) => page.getByTestId('toasts');

test('a toast says something once and goes; it waits for the pointer', async ({ page, gallery }) => {
  await page.clock.install();
  await gallery.show('toasts');
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(toast(page)).toHaveRole('status');
  await expect(toast(page)).toHaveText('You left “Plans”.');
  await page.locator('.toast').hover();
  await page.clock.runFor(60_000);
  await expect(toast(page)).toHaveText('You left “Plans”.');
  await page.mouse.move(600, 5);
  await page.clock.runFor(5900);
  await expect(toast(page)).toHaveText('You left “Plans”.');
  await page.clock.runFor(200);
  await expect(toast(page)).toHaveText('');
});

test('a toast waits for the focus, Escape puts it away, and the focus goes back', async ({ page, gallery }) => {
  await page.clock.install();
  await gallery.show('toasts');
  const opener = page.getByRole('button', { name: 'Delete', exact: true });
  await opener.click();
  const undo = toast(page).getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.clock.runFor(60_000);
  await expect(undo).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(toast(page)).toHaveText('');
  await expect(opener).toBeFocused();

  await opener.click();
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('told')).toHaveText('undone');
  await expect(opener).toBeFocused();
});

test('what is said while a dialog is open can be heard and pressed there, and stays when the dialog goes', async ({
  page,
  gallery,
}) => {
  await page.clock.install();
  await gallery.show('toasts');
  await page.getByRole('button', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog');
  const revoke = dialog.getByRole('button', { name: 'Revoke' });
  await revoke.click();
  // Screen readers hear nothing of what is outside of it.
  await expect(dialog.getByTestId('announcer')).toHaveText('Link revoked');
  const undo = dialog.getByTestId('toasts').getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Escape');
  await expect(toast(page)).toHaveText('');
  await expect(dialog).toBeVisible();
  await expect(revoke).toBeFocused();

  await revoke.click();
  await undo.click();
  await expect(page.getByTestId('told')).toHaveText('undone');
  await revoke.click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('.toast')).toBeVisible();
  await expect(page.getByTestId('announcer')).toBeAttached();
});

test('one toast at a time, at the bottom and the start', async ({ page, gallery }) => {
  await page.clock.install();
  for (const direction of ['ltr', 'rtl'] as const) {
    await gallery.show('toasts', direction);
    for (const name of ['Leave', 'Delete']) await page.getByRole('button', { name, exact: true }).click();
    await expect(page.locator('.toast')).toHaveText('You left “Plans”.');
    // It rises into its place.
    await page.locator('.toast').evaluate((toast) => Promise.all(toast.getAnimations().map((one) => one.finished)));
    const { x, y, width, height } = (await page.locator('.toast').boundingBox())!;
    expect(y + height).toBeCloseTo(720 - 16, 0);
    expect(direction === 'ltr' ? x : 1280 - x - width).toBeCloseTo(16, 0);
    await page.clock.runFor(2100);
    await expect(page.locator('.toast')).toContainText('is in the bin');
  }
});

test('a skeleton comes after half a second, and stands still', async ({ page, gallery }) => {
  await page.clock.install();
  await gallery.show('skeletons');
  const skeleton = page.getByTestId('skeleton');
  await expect(skeleton).toHaveAttribute('aria-busy', 'true');
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.reload();
  await skeleton.waitFor();
  await expect(skeleton.locator('.row')).toHaveCount(0);
  await page.clock.runFor(600);
  await expect(skeleton.locator('.row')).toHaveCount(3);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('what is copied is said, and the button keeps its width', async ({ page, context, gallery }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  await gallery.show('buttons');
  const button = page.getByTestId('copy');
  const { width } = (await button.boundingBox())!;
  await button.click();
  await expect(button).toHaveText('Link copied');
  await expect(page.getByTestId('announcer')).toHaveText('Link copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://weft.example/d/1');
  expect((await button.boundingBox())!.width).toBeGreaterThanOrEqual(width);
  await page.clock.runFor(3000);
  await expect(button).toHaveText('Copy link');
});

test('cards of the margin do not overlap, and the active one is at its line, a rem further in', async ({
  page,
  gallery,
}) => {
  for (const [direction, inwards] of [
    ['ltr', -16],
    ['rtl', 16],
  ] as const) {
    await gallery.show('margin', direction);
    const places = page.locator('[data-card]');
    const column = (await page.getByRole('group', { name: 'Comments' }).boundingBox())!;
    const read = () =>
      places.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect & { x: number }));
    const expectApart = async (): Promise<void> => {
      const boxes = await read();
      for (const [index, box] of boxes.entries()) {
        if (index > 0) expect(box.top).toBeGreaterThanOrEqual(boxes[index - 1]!.bottom);
      }
    };
    await expectApart();
    for (const [index, anchor] of [20, 120, 140, 160, 520].entries()) {
      await places.nth(index).getByRole('button').click();
      await expect.poll(async () => (await read())[index]!.top - column.y).toBe(anchor);
      await expectApart();
      expect((await read())[index]!.x - column.x).toBe(inwards);
    }
  }
});

test('words can be read at every moment while the theme changes', async ({ page, gallery }) => {
  await gallery.show('buttons');
  const worst = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const parts = (color: string): number[] => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = (color: string): number => {
          const [red, green, blue] = parts(color)
            .slice(0, 3)
            .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
        };
        const groundOf = (element: Element | null): string => {
          const color = element === null ? 'white' : getComputedStyle(element).backgroundColor;
          return element === null || parts(color)[3]! > 250 ? color : groundOf(element.parentElement);
        };
        const contrast = (element: Element): number => {
          const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        };
        const buttons = [...document.querySelectorAll('main :is(button, input, select, kbd):not(:disabled)')];
        const dark = matchMedia('(prefers-color-scheme: dark)');
        let lowest = Infinity;
        let after = 0;
        const sample = (): void => {
          lowest = Math.min(lowest, ...buttons.map(contrast));
          // Twenty frames are more than twice as long as anything fades.
          if (dark.matches) after += 1;
          if (after < 20) requestAnimationFrame(sample);
          else resolve(lowest);
        };
        sample();
      }),
  );
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await worst).toBeGreaterThanOrEqual(4.5);
});
