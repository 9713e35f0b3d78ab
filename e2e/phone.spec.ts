import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/test.ts';

const LINES = Array.from({ length: 200 }, (_, index) => `Line ${index + 1}`).join('\n');
const PHONE = { viewport: { width: 390, height: 780 }, context: { hasTouch: true, isMobile: true } };

test('on a phone a row leads to what there is, and goes while a keyboard or a sheet is up', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const mina = await join('Mina', PHONE);
  await join('Joon');
  const [row, side] = [mina.page.getByTestId('phone-row'), mina.page.getByTestId('side')];
  await expect(row.getByRole('button')).toHaveText([/People\s*2/, 'Outline', 'Preview', 'Share']);
  expect((await row.boundingBox())!.height).toBe(52);
  await mina.editor.focus();
  await mina.page.setViewportSize({ width: 390, height: 440 });
  await expect(row).toHaveCount(0);
  await mina.page.setViewportSize(PHONE.viewport);
  await expect(row).toBeVisible();

  await row.getByRole('button', { name: /People/ }).tap();
  await expect(side.locator('[data-testid="person"][data-name="Joon"]')).toBeVisible();
  await expect(row).toHaveCount(0);
  const sheet = (await side.boundingBox())!;
  expect(sheet.height).toBeCloseTo(780 * 0.58, -1);
  const text = (await mina.page.locator('.cm-scroller').boundingBox())!;
  expect(text.y + text.height).toBeLessThanOrEqual(sheet.y + 1);
  await side.getByRole('button', { name: 'Close' }).tap();
  await expect(row).toBeVisible();
  await expectConverged([mina], url, { text: LINES });
});

test('on a phone a number stands for two people at least, and the sheet of oneself has one heading', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const mina = await join('Mina', PHONE);
  const { page } = mina;
  const more = page.getByTestId('more-people');
  for (const name of ['Joon', 'Ida']) await join(name);
  await expect(page.getByTestId('avatar')).toHaveCount(2);
  await expect(more).toHaveCount(0);
  await join('Kim');
  await expect(more).toHaveText('+2');
  await expect(page.getByTestId('avatar')).toHaveCount(1);
  await page.getByTestId('own-avatar').tap();
  const sheet = page.getByRole('dialog', { name: /^You are Mina/ });
  await expect(sheet.getByRole('heading')).toHaveText(['How others see you']);
  await page.setViewportSize({ width: 1280, height: 780 });
  await expect(page.getByTestId('avatar')).toHaveCount(3);
  await expect(sheet.getByRole('heading')).toHaveText(['How others see you']);
  await expectConverged([mina], url, { text: LINES });
});

for (const width of [390, 320]) {
  test(`finding is one row above the text, at ${width} px`, async ({ join, openDocument }) => {
    const url = await openDocument(LINES);
    const mina = await join('Mina', { ...PHONE, viewport: { width, height: 780 } });
    await mina.press('Control+f');
    const find = mina.page.getByTestId('find');
    await find.getByPlaceholder('Find').fill('Line 1');
    await expect(find.getByTestId('find-count')).toHaveText('111');
    await mina.page.keyboard.press('Enter');
    await expect(find.getByTestId('find-count')).toHaveText('1 of 111');
    expect((await find.boundingBox())!.height).toBeLessThanOrEqual(53);
    const boxes = await find
      .locator('button:visible, input:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes.length).toBeGreaterThanOrEqual(5);
    const middles = boxes.map(({ top, bottom }) => Math.round((top + bottom) / 2));
    expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(1);
    for (const { left, right } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
    }
    // What is looked for can be read beside how often it is there.
    const room = await find.getByPlaceholder('Find').evaluate((input) => {
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(input);
      return input.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
    });
    expect(room).toBeGreaterThanOrEqual(44);
    await expectConverged([mina], url, { text: LINES });
  });
}
