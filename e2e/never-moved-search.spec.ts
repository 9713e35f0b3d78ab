import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { firstVisibleLine, scrollTo } from './fixtures/shown.ts';
import { lineHeightOf } from './fixtures/surroundings.ts';
import { test } from './fixtures/test.ts';

const LONG = Array.from({ length: 120 }, (_, index) => `${index + 1}. A line of some words.`).join('\n');

test('the first search moves nothing, and what it must move at the top of a text is given back by scrolling', async ({
  join,
  openDocument,
}) => {
  const short = 'One line.\nAnother one.';
  for (const content of [LONG, short]) {
    const url = await openDocument(content);
    const mina = await join('Mina', { url, viewport: { width: 1280, height: 800 } });
    const [first] = content.split('\n');
    const heightOf = async (line: string): Promise<number> => Math.round(await lineHeightOf(mina, line));
    const search = mina.page.getByTestId('find');
    const searched = async (line: string): Promise<number> => {
      await mina.page.keyboard.press('Control+f');
      await expect(search.getByRole('textbox').first()).toBeFocused();
      const height = await heightOf(line);
      await mina.page.keyboard.press('Escape');
      await expect(search).toHaveCount(0);
      expect(await heightOf(line)).toBe(height);
      return height;
    };
    if (content === LONG) {
      await scrollTo(mina, 700);
      await mina.mouse.click(600, 400);
      const { text } = await firstVisibleLine(mina);
      const before = await heightOf(text);
      expect(await searched(text)).toBe(before);
      await scrollTo(mina, 0);
    }
    await mina.press('Control+Home');
    const before = await heightOf(first!);
    // The row of the search would cover the caret.
    expect((await searched(first!)) - before).toBeLessThan(30);
    expect(await heightOf(first!)).toBeGreaterThan(before);
    await mina.mouse.move(600, 400);
    await mina.page.mouse.wheel(0, 300);
    await expect.poll(() => heightOf(first!)).toBeLessThanOrEqual(before);
    await mina.page.mouse.wheel(0, -1000);
    await expect.poll(() => heightOf(first!)).toBe(before);
    await expectConverged([mina], url, { text: content });
    await mina.leave();
  }
});
