import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { chooseInMore } from './fixtures/menus.ts';
import type { Person } from '../sdk/testing.ts';
import { askForPreview } from './fixtures/preview.ts';
import { test } from './fixtures/test.ts';
import { markWords, untranslated } from './fixtures/untranslated.ts';

const KOREAN = { context: { locale: 'ko-KR' } };
const NAMES = ['Mina', 'Joon', 'Plans', 'Notes', 'MI', 'JO', 'PNG', 'SVG', 'Aa', 'ab'];

async function expectWords(person: Person, what: string): Promise<void> {
  expect(await untranslated(person.page, NAMES), what).toEqual([]);
}

test('a browser in Korean gets the page in Korean, and writes as in any other', async ({ join }) => {
  const mina = await join('Mina', KOREAN);
  const url = mina.page.url();
  await expect(mina.page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(mina.page.getByRole('textbox', { name: '문서 본문' })).toBeVisible();
  await mina.compose(['ㅇ', '아', '안', '안ㄴ', '안녀', '안녕']);
  await expectConverged([mina], url, { text: '안녕' });
  await expect(mina.page.getByTestId('word-count')).toContainText('단어 1개');
});

test('nothing of a document is said in English to somebody who reads Korean', async ({ join, openDocument, visit }) => {
  const url = await openDocument({ title: 'Plans', content: '# 제목\n\n글' });
  const mina = await visit('Mina', KOREAN);
  const { page } = mina;
  await markWords(mina);
  await mina.open(url);
  const joon = await join('Joon', { url });
  await joon.caretTo(0, 1);
  await expect.poll(() => mina.caretNames()).toHaveLength(1);
  await expectWords(mina, 'a document');
  await page.getByTestId('status-button').click();
  await expectWords(mina, 'how it is saved');
  await page.keyboard.press('Escape');
  await page.getByTestId('more').click();
  await expectWords(mina, 'More');
  await page.keyboard.press('Escape');
  await mina.press('Control+Alt+Shift+p');
  await page.getByTestId('person').first().waitFor();
  await expectWords(mina, 'the people');
  await mina.press('Control+Alt+Shift+p');

  await mina.press('Control+/');
  await page.getByTestId('command-search').waitFor();
  await expectWords(mina, 'commands');
  await page.getByTestId('commands').getByRole('tab').nth(1).click();
  await expectWords(mina, 'keys');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await chooseInMore(mina, 'settings');
  await page.getByTestId('profile-name').waitFor();
  for (const tab of [0, 1, 2]) {
    await page.getByTestId('settings').getByRole('tab').nth(tab).click();
    await expectWords(mina, `settings, ${tab + 1}`);
  }
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await mina.press('Control+f');
  await page.getByTestId('find').waitFor();
  await expectWords(mina, 'find');
  await page.keyboard.press('Escape');
  await mina.network.cut();
  await expect.poll(() => mina.state()).toBe('reconnecting');
  await expectWords(mina, 'without a network');
});

test('nothing of the other pages is said in English to somebody who reads Korean', async ({ visit }) => {
  const mina = await visit('Mina', KOREAN);
  const { page } = mina;
  mina.log.allow(/status of 404|response code: 404/);
  await markWords(mina);
  const look = (what: string): Promise<void> => expectWords(mina, what);
  await page.goto('/');
  await page.getByTestId('empty').waitFor();
  await look('home');
  for (const title of ['Plans', 'Notes']) await mina.context.request.post('/api/documents', { data: { title } });
  await page.reload();
  await page.getByTestId('document-row').first().waitFor();
  await look('home');
  await page.getByTestId('document-row').first().getByRole('link').click();
  await mina.editor.waitFor();
  await page.getByTestId('share-button').click();
  await page.getByTestId('share').waitFor();
  await look('share');
  await page.getByTestId('share').getByRole('tab').last().click();
  await page.getByTestId('share').getByTestId('embed-code').waitFor();
  await look('embed');
  await page.goto('/nowhere');
  await page.getByTestId('missing').waitFor();
  await look('missing');
  await page.goto('/d/unknownunknown00');
  await page.getByTestId('missing').waitFor();
  await look('missing');
});

test('Korean is broken between words, but in the text of a document as it was before', async ({
  join,
  openDocument,
  visit,
}) => {
  const words = '대한민국헌법전문 '.repeat(20);
  const url = await openDocument({ title: 'Plans', content: words });
  const mina = await join('Mina', { url, context: { ...KOREAN.context, viewport: { width: 1280, height: 700 } } });
  const ruleOf = (selector: string): Promise<string> =>
    mina.page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).wordBreak);
  await askForPreview(mina);
  await mina.page.locator('.rendered p').waitFor();
  expect(await ruleOf('body')).toBe('keep-all');
  expect(await ruleOf('.cm-line')).not.toBe('keep-all');
  expect(await ruleOf('.rendered p')).toBe('normal');

  const other = await visit('Joon', { context: { locale: 'ko-KR', viewport: { width: 320, height: 700 } } });
  await other.page.goto('/');
  await other.page.getByTestId('empty').waitFor();
  // A word on two lines has two rectangles.
  const split = await other.page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      for (const word of node.nodeValue!.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word[0]);
      }
    }
    return found;
  });
  expect(split).toEqual([]);
});
