import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { isInView, ownSelection } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

test('find says which of how many, while others write; thousands are not counted', async ({ join, openDocument }) => {
  const url = await openDocument('cat dog cat\nCat caterpillar');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  const count = panel.getByTestId('find-count');
  await panel.getByPlaceholder('Find').pressSequentially('cat');
  await expect(count).toHaveText('4');
  await mina.page.keyboard.press('Enter');
  await expect(count).toHaveText('1 of 4');
  await mina.page.keyboard.press('Shift+Enter');
  await expect(count).toHaveText('4 of 4');
  await joon.press('Control+Home');
  await joon.type('cat ');
  await expect(count).toHaveText('5 of 5');
  await panel.getByLabel('Whole words').check();
  await expect(count).toHaveText('4');
  await panel.getByLabel('Match case').check();
  await expect(count).toHaveText('3');
  await panel.getByPlaceholder('Find').fill('cow');
  await expect(count).toHaveText('None');
  await panel.getByPlaceholder('Find').fill('');
  await expect(count).toHaveText('');
  await joon.press('Control+End');
  await joon.paste(`\n${'many '.repeat(1200)}`);
  await panel.getByPlaceholder('Find').fill('many');
  await expect(count).toHaveText('1,000+');
  await expectConverged([mina, joon], url);
});

test('find is one row at every width; replacing opens below it on a phone', async ({ join, openDocument }) => {
  await openDocument('cat');
  const mina = await join('Mina');
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  for (const width of [1600, 1280, 820, 390, 320]) {
    await mina.page.setViewportSize({ width, height: 800 });
    await expect.poll(async () => (await panel.boundingBox())!.height, `${width}`).toBeLessThan(60);
    for (const part of [panel.getByPlaceholder('Find'), panel.getByRole('button', { name: 'Close' })]) {
      const box = (await part.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    const isNarrow = width < 860;
    await expect(panel.getByPlaceholder('Replace')).toBeVisible({ visible: !isNarrow });
    await expect(panel.getByTestId('find-more')).toBeVisible({ visible: isNarrow });
  }
  await panel.getByTestId('find-more').click();
  await expect(panel.getByTestId('find-more')).toHaveAttribute('aria-expanded', 'true');
  await panel.getByPlaceholder('Find').fill('cat');
  await panel.getByPlaceholder('Replace').fill('dog');
  await panel.getByRole('button', { name: 'Replace all' }).click();
  await expect.poll(() => mina.text()).toBe('dog');
});

test('Escape leads from find back to the exact caret', async ({ join, openDocument }) => {
  await openDocument('one two three');
  const mina = await join('Mina');
  await mina.press('Control+Home');
  for (let step = 0; step < 5; step += 1) await mina.page.keyboard.press('ArrowRight');
  await mina.press('Control+f');
  await mina.page.getByTestId('find').getByPlaceholder('Find').pressSequentially('nowhere');
  await mina.page.keyboard.press('Escape');
  await expect(mina.page.getByTestId('find')).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
  expect(await ownSelection(mina)).toMatchObject({ line: 0, column: 5, text: '' });
});

test('Ctrl+Alt+G goes to a line', async ({ join, openDocument }) => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index + 1}`);
  await openDocument(lines.join('\n'));
  const mina = await join('Mina');
  await mina.press('Control+Home');
  const row = mina.page.getByTestId('go-to-line');
  const goTo = async (number: string): Promise<void> => {
    await mina.press('Control+Alt+g');
    await expect(row.getByLabel('Line number')).toBeFocused();
    await expect(row).toContainText('of 500 lines');
    await mina.page.keyboard.type(number);
    await mina.page.keyboard.press('Enter');
  };
  await goTo('317');
  await expect(row).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
  await expect.poll(() => isInView(mina, 'line 317')).toBe(true);
  await mina.page.keyboard.type('!');
  await expect.poll(() => mina.text()).toContain('\n!line 317\n');
  await goTo('9999');
  await expect.poll(() => isInView(mina, 'line 500')).toBe(true);
  await goTo('x');
  await expect(row.getByLabel('Line number')).toHaveAttribute('aria-invalid', 'true');
  await mina.page.keyboard.press('Escape');
  await expect(row).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
});
