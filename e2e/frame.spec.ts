import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { chooseOfPerson } from './fixtures/menus.ts';
import type { Person } from '../sdk/testing.ts';
import { deleteDocument, ownDocument } from './fixtures/sharing.ts';
import { ownSelection } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

const LINES = Array.from({ length: 200 }, (_, index) => `Line ${index + 1}`).join('\n');
const PEOPLE = 'Control+Alt+Shift+p';

const side = ({ page }: Person) => page.getByTestId('side');
const personIn = (person: Person, name: string) => side(person).locator(`[data-testid="person"][data-name="${name}"]`);

test('the bar is one row at every width, with a long title too, and nothing hangs over', async ({
  join,
  openDocument,
}) => {
  const title = 'A title that is as long as titles become when somebody means well '.repeat(3).trim();
  const url = await openDocument({ title, content: LINES });
  const mina = await join('Mina');
  for (const name of ['Joon', 'Ida', 'Kim', 'Tess']) await join(name, { url });
  await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '5');
  await mina.type('a');
  await expect(mina.statusLine).toHaveText(/Saved \d/);
  for (const width of [1600, 1280, 820, 390, 320]) {
    await mina.page.setViewportSize({ width, height: 780 });
    const state = mina.statusLine.getByTestId('status-button').locator('.text');
    expect(await state.evaluate((one) => one.scrollWidth - one.clientWidth), `${width}`).toBe(0);
    // Fewer discs, before the title is a word or two.
    const seen = (await mina.page.getByTestId('title').boundingBox())!.width;
    expect(seen, `${width}`).toBeGreaterThanOrEqual(width > 390 ? 240 : 120);
    const bar = (await mina.page.getByRole('banner').boundingBox())!;
    expect(bar.height, `${width}`).toBe(52);
    const boxes = await mina.page
      .getByRole('banner')
      .locator('> *, button:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    for (const box of boxes.filter(({ width: own }) => own > 0)) {
      expect(box.bottom, `${width}`).toBeLessThanOrEqual(53);
      expect(box.right, `${width}`).toBeLessThanOrEqual(width);
    }
    expect(await mina.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});

test('a click on a disc opens a menu, and follows only who says so; "Go there" goes there', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await mina.page.getByTestId('avatar').click();
  const menu = mina.page.getByRole('menu', { name: 'Joon Editor · below' });
  await expect(menu).toBeVisible();
  await expect(menu.getByText('Joon', { exact: true })).toBeVisible();
  await expect(mina.page.getByTestId('following')).toHaveCount(0);
  await mina.page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await chooseOfPerson(mina, 'Joon', 'go');
  await expect(mina.editor.getByText('Line 200', { exact: true })).toBeInViewport();
  await expect(mina.page.getByTestId('following')).toHaveCount(0);
  await expectConverged([mina, joon], url, { text: LINES });
});

test('People says who is here and where, leads there, and follows', async ({ join, openDocument }) => {
  const url = await openDocument(LINES);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  for (const name of ['Ida', 'Kim', 'Tess', 'Noor']) await join(name, { url });
  await mina.press('Control+Home');
  await joon.press('Control+End');
  const more = mina.page.getByTestId('more-people');
  await expect(more).toHaveText('+2');
  await more.click();
  await expect(mina.page.getByRole('complementary', { name: 'Beside the text' })).toBeVisible();
  await more.click();
  await expect(side(mina).getByTestId('person')).toHaveCount(6);
  await expect(side(mina).getByTestId('person').first()).toHaveText(/Mina\s*You · Editor/);
  await expect(personIn(mina, 'Joon')).toContainText('Editor · below');
  await side(mina).getByRole('button', { name: 'Go to Joon' }).click();
  await expect(mina.editor.getByText('Line 200', { exact: true })).toBeInViewport();
  await expect(personIn(mina, 'Joon')).toContainText('Editor · on your screen');

  const follow = side(mina).getByRole('button', { name: 'Follow Joon' });
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await joon.press('Control+Home');
  await expect(mina.editor.getByText('Line 1', { exact: true })).toBeInViewport();
  await follow.click();
  await expect(mina.page.getByTestId('following')).toHaveCount(0);
  await expectConverged([mina, joon], url, { text: LINES });
});

test('the keys for People open it and lead back to the exact caret; it is remembered', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const mina = await join('Mina');
  await mina.caretTo(2, 3);
  const caret = await ownSelection(mina);
  await mina.page.keyboard.press(PEOPLE);
  await expect(side(mina).getByRole('tab', { name: /People/ })).toBeFocused();
  await mina.page.keyboard.press('Escape');
  await expect(mina.editor).toBeFocused();
  expect(await ownSelection(mina)).toEqual(caret);
  await expect(side(mina)).toBeVisible();
  await mina.page.keyboard.press(PEOPLE);
  await expect(side(mina).getByRole('tab', { name: /People/ })).toBeFocused();
  await mina.page.keyboard.press('Escape');
  await expect(mina.editor).toBeFocused();
  await mina.page.reload();
  await expect(side(mina)).toBeVisible();

  await mina.caretTo(2, 3);
  await mina.page.keyboard.press(PEOPLE);
  await expect(side(mina).getByRole('tab', { name: /People/ })).toBeFocused();
  await mina.page.keyboard.press(PEOPLE);
  await expect(side(mina)).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
  expect(await ownSelection(mina)).toEqual(caret);
  await mina.page.reload();
  await expect(mina.editor).toBeVisible();
  await expect(side(mina)).toHaveCount(0);
  await expectConverged([mina], url, { text: LINES });
});

test('a key goes round the bar, the band, the text and the side, and with Shift back', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const [mina] = [await join('Mina'), await join('Joon')];
  await chooseOfPerson(mina, 'Joon', 'follow');
  await mina.page.locator('[data-testid="tab-button"][data-tab="people"]').click();
  await side(mina).waitFor();
  const region = () =>
    mina.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region']);
  await mina.page.getByTestId('title').focus();
  // A key in the text ends following, and its band with it.
  for (const expected of ['band', 'text']) {
    await mina.page.keyboard.press('F6');
    await expect.poll(region).toBe(expected);
  }
  for (const expected of ['side', 'bar', 'text']) {
    await mina.page.keyboard.press('F6');
    await expect.poll(region).toBe(expected);
  }
  for (const expected of ['bar', 'side', 'text']) {
    await mina.page.keyboard.press('Shift+F6');
    await expect.poll(region).toBe(expected);
  }
  await expect(mina.editor).toBeFocused();
  await expectConverged([mina], url, { text: LINES });
});

test('one band at a time, the most pressing first, and a calm one comes back', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  joon.log.allow(/status of 404/);
  const url = await ownDocument(mina, { title: 'Plans', content: LINES });
  await Promise.all([mina.open(url), joon.open(url)]);
  await chooseOfPerson(joon, 'Mina', 'follow');
  const following = joon.page.getByTestId('following');
  await expect(following).toBeVisible();
  expect((await following.boundingBox())!.height).toBe(40);
  await deleteDocument(mina, url);
  await expect(joon.page.getByTestId('refused')).toBeVisible();
  await expect(following).toHaveCount(0);
  expect((await joon.page.getByTestId('refused').boundingBox())!.height).toBe(40);
  // Where there is less room, what can be done is in its details.
  await joon.page.setViewportSize({ width: 390, height: 780 });
  await expect(joon.page.getByTestId('rescue-save')).toBeHidden();
  await joon.page.getByTestId('refused').getByRole('button', { name: 'Details', exact: true }).click();
  await expect(joon.page.getByTestId('rescue-save')).toBeVisible();
});

test('one leafs through bands by a key that stays where it is, and what presses more comes to the front', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina);
  // Nothing is kept on this device.
  await mina.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Blocked', 'SecurityError');
    };
  });
  await mina.page.clock.install();
  await mina.open(url);
  const [stuck, notKept] = [mina.page.getByTestId('stuck'), mina.page.getByTestId('not-kept')];
  const next = mina.page.getByTestId('next-band');
  const getStuck = async (): Promise<void> => {
    mina.network.holdAnswers();
    await mina.type('a');
    await mina.page.clock.runFor(8_500);
    await expect(stuck).toBeVisible();
  };
  await expect(notKept).toBeVisible();
  await getStuck();
  await next.focus();
  for (const [band, at] of [
    [notKept, '2/2'],
    [stuck, '1/2'],
    [notKept, '2/2'],
  ] as const) {
    await mina.page.keyboard.press('Enter');
    await expect(band).toBeVisible();
    await expect(next).toHaveText(at);
    await expect(next).toBeFocused();
  }
  mina.network.release();
  await expect.poll(() => mina.state()).toBe('saved');
  await getStuck();
  mina.network.release();
  await expectConverged([mina], url, { text: 'aa' });
});

test('a title follows the first heading, also of others, until somebody names the document', async ({ visit }) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(mina, { content: '# Summer\n\nWords.' });
  await Promise.all([mina.open(url), joon.open(url)]);
  const title = mina.page.getByTestId('title');
  await expect(title).toHaveValue('Summer');
  await joon.caretTo(0, '# Summer'.length);
  await joon.type(' plans');
  for (const { page } of [mina, joon]) {
    await expect(page.getByTestId('title')).toHaveValue('Summer plans');
    await expect(page).toHaveTitle('Summer plans – Weft');
  }
  await title.fill('Holidays');
  await title.press('Enter');
  await expect(joon.page.getByTestId('title')).toHaveValue('Holidays');
  await joon.type('!');
  await expectConverged([mina, joon], url, { text: '# Summer plans!\n\nWords.' });
  for (const { page } of [mina, joon]) await expect(page.getByTestId('title')).toHaveValue('Holidays');
});

test('in a page that runs from the right the panel stands at the left, and nothing hangs over', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const mina = await join('Mina');
  await mina.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await mina.page.locator('[data-testid="tab-button"][data-tab="people"]').click();
  await side(mina).waitFor();
  expect((await side(mina).boundingBox())!.x).toBe(0);
  expect((await mina.page.getByRole('link', { name: 'All documents' }).boundingBox())!.x).toBeGreaterThan(1200);
  expect(await mina.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await expectConverged([mina], url, { text: LINES });
});

test('the count of words lies on no letter, with and without a panel, and is in the details of the state', async ({
  join,
  openDocument,
}) => {
  const content = 'words of a paragraph that goes over many rows '.repeat(400);
  const url = await openDocument(content);
  const mina = await join('Mina');
  const count = mina.page.getByTestId('word-count');
  await expect(count).toContainText('3,600 words');
  for (const isOpen of [false, true]) {
    if (isOpen) await mina.page.locator('[data-testid="tab-button"][data-tab="people"]').click();
    for (const width of [1800, 1600, 1500, 1280, 1100, 960, 820]) {
      await mina.page.setViewportSize({ width, height: 800 });
      const column = await mina.page.evaluate(async () => {
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
        const line = document.querySelector('[data-testid="editor"] .cm-line')!;
        const range = document.createRange();
        range.selectNodeContents(line.firstChild!);
        const box = document.querySelector('[data-testid="word-count"]')!.getBoundingClientRect();
        return { text: range.getBoundingClientRect().right, count: box.width === 0 ? Infinity : box.left };
      });
      expect(column.count, `${width} ${isOpen}`).toBeGreaterThanOrEqual(column.text);
    }
  }
  await mina.page.getByTestId('status-button').click();
  await expect(mina.page.getByTestId('status-details')).toContainText('3,600 words');
  await expectConverged([mina], url, { text: content });
});

test('in a Korean browser the frame speaks Korean', async ({ join, openDocument }) => {
  await openDocument(LINES);
  const mina = await join('Mina', { context: { locale: 'ko-KR' } });
  await mina.type('a');
  await expect(mina.statusLine).toHaveText(/저장됨/);
  await mina.page.locator('[data-testid="tab-button"][data-tab="people"]').click();
  await expect(side(mina).getByTestId('person')).toHaveText(/Mina\s*나 · 편집자/);
  await mina.page.getByTestId('more').click();
  await expect(mina.page.locator('[data-item="find"]:visible')).toContainText('찾기 및 바꾸기');
});
