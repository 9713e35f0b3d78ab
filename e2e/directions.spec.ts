import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { openLinks, ownDocument } from './fixtures/sharing.ts';
import { namesOffScreen, shownCarets, shownPlace } from './fixtures/shown.ts';
import { choose } from './fixtures/home.ts';
import { test } from './fixtures/test.ts';

const LINES = ['שלום, Weft 3.0 עובד היטב!', 'Weft says שלום to all', '- פריט ראשון', '> مرحبا بالعالم', 'plain'];
const RIGHT_TO_LEFT = [0, 2, 3];

test('every line runs in the direction of its first letter, marks of lists and quotes with it', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument({ title: 'שלום Weft', content: LINES.join('\n') });
  const mina = await join('Mina');
  for (const [index] of LINES.entries()) {
    const isRight = RIGHT_TO_LEFT.includes(index);
    const line = mina.editor.locator('.cm-line').nth(index);
    await expect(line).toHaveCSS('direction', isRight ? 'rtl' : 'ltr');
    const box = await line.evaluate((element) => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const { left, right } = element.getBoundingClientRect();
      return { left: left + parseFloat(paddingLeft), right: right - parseFloat(paddingRight) };
    });
    const start = await shownPlace(mina, index, 0);
    expect(Math.abs(start.left - (isRight ? box.right : box.left)), LINES[index]).toBeLessThan(12);
  }
  await expect(mina.page.getByTestId('title')).toHaveCSS('direction', 'rtl');
  await expectConverged([mina], url, { text: LINES.join('\n') });
});

test('a task runs in the direction of its words, done or not', async ({ join, openDocument }) => {
  const content = ['- [ ] משימה', '- [x] משימה', '> 1. [X] **مهمة**', '- [x] task', '- [x] 1'].join('\n');
  const url = await openDocument(content);
  const mina = await join('Mina');
  const lines = mina.editor.locator('.cm-line');
  const directions = () => lines.evaluateAll((all) => all.map((line) => getComputedStyle(line).direction));
  expect(await directions()).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  await lines.first().locator('.weft-task').click();
  await expect(lines.first()).toHaveText('- [x] משימה');
  await expect(lines.first()).toHaveCSS('direction', 'rtl');
  await expectConverged([mina], url, { text: content.replace('[ ]', '[x]') });
});

test('in a page that runs from the right a name in Share begins where what is said of it does', async ({ visit }) => {
  const mina = await visit('Mina');
  await mina.open(await ownDocument(mina));
  await mina.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await mina.page.getByTestId('share-button').click();
  const row = mina.page.getByTestId('share-person').first();
  const [name, note] = [row.locator('.name'), row.locator('.note')];
  await expect(name).toHaveText('Mina');
  const right = (box: { x: number; width: number } | null): number => box!.x + box!.width;
  const noteText = note.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().right;
  });
  expect(Math.abs(right(await name.boundingBox()) - (await noteText))).toBeLessThan(2);
});

test('a name that is too long for a page that runs from the right is cut at its own end', async ({ visit }) => {
  const long = 'Ada Lindqvist of the Very Long Family Name'.repeat(2).slice(0, 60);
  const ada = await visit(long, { viewport: { width: 390, height: 780 } });
  await ada.open(await ownDocument(ada));
  await ada.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await ada.page.getByTestId('share-button').click();
  const name = ada.page.getByTestId('share-person').locator('.name');
  await expect(name).toHaveText(long);
  const isCut = await name.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const seen = (at: number): boolean => {
      const range = document.createRange();
      range.setStart(element.firstChild!, at);
      range.setEnd(element.firstChild!, at + 1);
      const letter = range.getBoundingClientRect();
      return letter.left >= box.left - 1 && letter.right <= box.right + 1;
    };
    return { first: seen(0), last: seen(59) };
  });
  expect(isCut).toEqual({ first: true, last: false });
});

test('the caret of somebody else stands where their browser shows it, and arrows go where they point', async ({
  join,
  openDocument,
}) => {
  const content = LINES.join('\n');
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const expectSame = async (line: number, column: number): Promise<void> => {
    await expect(async () => {
      const [caret] = await shownCarets(mina);
      const place = await shownPlace(mina, line, column);
      expect(Math.abs(caret!.left - place.left), `line ${line}, column ${column}`).toBeLessThanOrEqual(1);
    }).toPass({ intervals: [50] });
  };
  // In the first run of each line: there one key is one letter forward.
  const places = [
    [0, 2],
    [0, 5],
    [1, 3],
    [1, 9],
    [2, 5],
    [3, 6],
  ] as const;
  for (const [line, column] of places) {
    await joon.press('Control+Home');
    for (let down = 0; down < line; down += 1) await joon.press('ArrowDown');
    await joon.press('Home');
    const forward = RIGHT_TO_LEFT.includes(line) ? 'ArrowLeft' : 'ArrowRight';
    for (let step = 0; step < column; step += 1) await joon.press(forward);
    await expectSame(line, column);
  }
  await expectConverged([mina, joon], url, { text: content });
});

test('a name or title that runs from the right turns no sentence around (FP2)', async ({ visit }) => {
  const [name, title] = ['מינה (2)', '(א) שלום'];
  const [inName, inTitle] = [`\u2068${name}\u2069`, `\u2068${title}\u2069`];
  const joon = await visit('Joon');
  const url = await ownDocument(joon, { title, content: 'x\n'.repeat(200) });
  await joon.open(url);
  await joon.press('Control+Home');
  const { page } = joon;
  await expect(page).toHaveTitle(`${inTitle} – Weft`);
  const mina = await visit(name);
  await mina.open(url);
  await expect(mina.page.getByTestId('own-avatar')).toHaveAttribute(
    'aria-label',
    `You are ${inName}, Editor. Change name or colour`,
  );
  await mina.press('Control+End');
  await expect(page.getByTestId('announcer')).toHaveText(`${inName} joined.`);
  const disc = page.locator('button:has([data-testid="avatar"])');
  await expect(disc).toHaveAttribute('title', `${inName}, Editor`);
  await expect(disc).toHaveAttribute('aria-label', `${inName}, Editor`);
  await expect.poll(() => namesOffScreen(joon)).toEqual([name]);

  const share = await openLinks({ page });
  await share.getByTestId('new-link').click();
  await share.locator('input[name="name"]').fill('קישור');
  await share.getByTestId('make-link').click();
  await share.locator('button.revoke').click();
  await expect(share.getByTestId('confirm')).toContainText('Revoke \u2068קישור\u2069?');
  await share.getByTestId('revoke-confirm').click();
  await expect(page.getByTestId('announcer')).toHaveText('\u2068קישור\u2069 has been revoked.');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'All documents' }).click();
  const row = page.getByTestId('document-row');
  await expect(row.getByTestId('row-menu')).toHaveAttribute('aria-label', `More for ${inTitle}`);
  await expect(row.getByTestId('present')).toHaveAccessibleName(`Here now: ${inName}`);
  await choose(row, 'bin');
  const toast = page.getByTestId('toasts');
  await expect(toast).toContainText(`“${inTitle}” is in the bin`);
  // As it is seen: what follows the title stands to the right of it.
  const [before, behind] = await toast.locator('.toast span').evaluate((element) => {
    const text = element.firstChild as Text;
    const leftOf = (letters: string): number => {
      const range = document.createRange();
      range.setStart(text, text.data.indexOf(letters));
      range.setEnd(text, text.data.indexOf(letters) + 1);
      return range.getBoundingClientRect().left;
    };
    return [Math.max(leftOf('('), leftOf('ש')), leftOf('”')] as const;
  });
  expect(behind).toBeGreaterThan(before);
});
