import { expect } from '@playwright/test';
import { titles } from './fixtures/home.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('on a phone what was found can be seen, without marks of Markdown', async ({ visit }) => {
  const mina = await visit('Mina', { context: { viewport: { width: 320, height: 640 } } });
  const before = 'The **first** thing is [a long walk](https://example.org/walk) along the river, '.repeat(3);
  await ownDocument(mina, {
    title: 'Plans',
    content: `# Plans\n\n- ${before}then to _the_ **cathedral** on the hill.`,
  });
  const korean = '우리는 올해 여름에 모두 함께 바다로 갑니다. '.repeat(4);
  await ownDocument(mina, { title: '계획', content: `> ${korean}**대성당**은 다음 주에.` });
  await ownDocument(mina, { title: `${'A long title '.repeat(8)}with a zeppelin` });
  await mina.page.goto('/');
  const search = mina.page.getByTestId('search');
  for (const word of ['cathedral', '대성당', 'zeppelin']) {
    await expect(async () => {
      await search.fill('');
      await search.fill(word);
      await expect(titles(mina)).toHaveCount(1, { timeout: 1000 });
    }).toPass();
    const mark = mina.page.locator('mark');
    await expect(mark).toHaveText(word);
    // Nothing that hides what is too long cuts it.
    const isWhole = await mark.evaluate((found) => {
      const { left, right, bottom } = found.getBoundingClientRect();
      const around = found.parentElement!.getBoundingClientRect();
      return left >= around.left && right <= around.right && bottom <= around.bottom + 1 && right <= innerWidth;
    });
    expect(isWhole, word).toBe(true);
    await expect(mina.page.getByTestId('document-row')).not.toContainText(/[*[\]>]|https/);
  }
});

for (const [locale, bin] of [
  ['en-GB', 'Bin'],
  ['ko-KR', '휴지통'],
] as const) {
  test(`on a phone every filter can be read and pressed, in ${locale}`, async ({ visit }) => {
    const mina = await visit('Mina', { context: { locale, viewport: { width: 390, height: 700 }, hasTouch: true } });
    const { page } = mina;
    await ownDocument(mina, { title: 'Plans' });
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      await page.goto('/');
      const filters = page.locator('[data-filter]');
      await expect(filters).toHaveCount(5);
      for (const filter of await filters.all()) {
        const isSeen = await filter.evaluate((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const at = document.elementFromPoint(right - 2, (top + bottom) / 2);
          return at === button && left >= 0 && right <= innerWidth && button.scrollWidth <= button.clientWidth;
        });
        expect(isSeen, `${await filter.innerText()} at ${width} px`).toBe(true);
      }
      await page.getByRole('button', { name: bin, exact: true }).click();
      await expect(page).toHaveURL('/?show=bin');
    }
  });
}
