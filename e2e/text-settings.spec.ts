import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

const TEXT = 'one\ntwo\n\nthree\n\nfour';

async function choose({ page }: Person, command: string): Promise<void> {
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill(command);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('command-search')).toHaveCount(0);
}

test('in focus mode only the paragraph of the caret is in full ink', async ({ join, openDocument }) => {
  const url = await openDocument(TEXT);
  const mina = await join('Mina', { reducedMotion: 'reduce' });
  const quiet = () => mina.editor.locator('.weft-quiet').allTextContents();
  await mina.press('Control+Home');
  await choose(mina, 'focus');
  await expect.poll(quiet).toEqual(['', 'three', '', 'four']);
  await expect(mina.editor.getByText('four')).toHaveCSS('opacity', '0.4');
  await mina.press('Control+End');
  await expect.poll(quiet).toEqual(['one', 'two', '', 'three', '']);
  await choose(mina, 'focus');
  await expect.poll(quiet).toEqual([]);
  await expectConverged([mina], url, { text: TEXT });
});

test('line numbers stand in the margin, beside the text and not in it, and follow what others write', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(TEXT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await choose(mina, 'line numbers');
  const numberOf = (text: string) => mina.editor.getByText(text, { exact: true });
  await expect(numberOf('four')).toHaveAttribute('data-number', '6');
  await expect(joon.editor.locator('[data-number]')).toHaveCount(0);
  // They stand beside the column, which they do not move.
  const startOf = ({ editor }: Person) =>
    editor.getByText('four', { exact: true }).evaluate((line) => parseFloat(getComputedStyle(line).paddingLeft));
  for (const width of [1600, 1280, 820]) {
    for (const { page } of [mina, joon]) await page.setViewportSize({ width, height: 800 });
    await expect.poll(async () => (await startOf(mina)) - (await startOf(joon)), `${width}`).toBeLessThan(13);
    const end = await numberOf('four').evaluate((line) => {
      const { left, width: ownWidth } = getComputedStyle(line, '::before');
      return parseFloat(left) + parseFloat(ownWidth);
    });
    const start = await startOf(mina);
    if (width > 1100) expect(start).toBe(await startOf(joon));
    expect(end).toBeGreaterThan(start - 48);
    expect(end).toBeLessThan(start);
  }
  await joon.press('Control+Home');
  await joon.page.keyboard.press('Enter');
  await expect(numberOf('four')).toHaveAttribute('data-number', '7');
  await expectConverged([mina, joon], url, { text: `\n${TEXT}` });
});
