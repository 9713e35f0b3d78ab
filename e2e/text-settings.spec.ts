import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from './fixtures/person.ts';
import { test } from './fixtures/test.ts';

const TEXT = 'one\ntwo\n\nthree\n\nfour';

async function choose({ page }: Person, command: string): Promise<void> {
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill(command);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('command-search')).toHaveCount(0);
}

test('in focus mode only the paragraph of the caret is in full ink', async ({ join, newDocument }) => {
  const url = await newDocument({ content: TEXT });
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
  newDocument,
}) => {
  const url = await newDocument({ content: TEXT });
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await choose(mina, 'line numbers');
  const numberOf = (text: string) => mina.editor.getByText(text, { exact: true });
  await expect(numberOf('four')).toHaveAttribute('data-number', '6');
  await expect(joon.editor.locator('[data-number]')).toHaveCount(0);
  await joon.press('Control+Home');
  await joon.page.keyboard.press('Enter');
  await expect(numberOf('four')).toHaveAttribute('data-number', '7');
  await expectConverged([mina, joon], url, { text: `\n${TEXT}` });
});
