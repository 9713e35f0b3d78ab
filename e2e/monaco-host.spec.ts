import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { insertByScript, selectIn } from './fixtures/host-views.ts';
import { test } from './fixtures/hosts.ts';

test('a Monaco editor of another page draws carets, selections and names', async ({
  join,
  visitHost,
  openDocument,
}) => {
  await openDocument({ content: 'The first line.\nThe second line.' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'monaco');
  await mina.caretTo(1, 'The second'.length);
  const caret = joon.page.getByTestId('remote-caret');
  await expect(caret).toHaveAttribute('data-name', 'Mina');
  await expect(joon.page.getByTestId('caret-name')).toBeVisible();
  await expect(async () => {
    const box = (await caret.boundingBox())!;
    const line = (await joon.page.locator('.view-line', { hasText: 'second' }).boundingBox())!;
    expect(box.x).toBeGreaterThan(line.x + 40);
    expect(Math.abs(box.y - line.y)).toBeLessThanOrEqual(1);
  }).toPass();
  await expect(joon.page.getByTestId('caret-name')).toBeHidden();
  const height = await caret.evaluate((element) => getComputedStyle(element, '::before').height);
  expect(parseFloat(height)).toBeGreaterThan(10);

  await mina.press('Shift+End');
  const selection = joon.page.locator('[class*=weft-selection-]');
  await expect(selection).toHaveCount(1);
  expect(await selection.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
});

test('what the session refuses is taken back, lines of Windows are not', async ({ join, visitHost, openDocument }) => {
  const url = await openDocument({ content: 'Kept.' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'monaco');
  await selectIn(joon, 5);
  await insertByScript(joon, 'no\0thing');
  await expect.poll(() => joon.texts()).toEqual({ session: 'Kept.', editor: 'Kept.' });
  await selectIn(joon, 5);
  await insertByScript(joon, '\r\nMore.');
  await expectConverged([mina, joon], url, { text: 'Kept.\nMore.' });
});
