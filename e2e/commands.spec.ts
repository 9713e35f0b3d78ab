import { expect, type Locator } from '@playwright/test';
import { expectAccessible, SCREENS } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import { chooseInMore } from './fixtures/menus.ts';
import { namesOffScreen } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

/** Where the letters of a text are drawn, from its first to its last. */
function leftsOf(text: Locator): Promise<number[]> {
  return text.evaluate((element) => {
    const { firstChild: node } = element.querySelector('bdi') ?? element;
    return [...node!.textContent!].map((_, index) => {
      const range = document.createRange();
      range.setStart(node!, index);
      range.setEnd(node!, index + 1);
      return range.getBoundingClientRect().left;
    });
  });
}

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

test('what can be done is found by typing; Enter does it, and Escape leads back to the exact caret', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('some words');
  const mina = await join('Mina', { context: CLIPBOARD });
  const { page } = mina;
  const search = page.getByTestId('command-search');
  await mina.caretTo(0, 4);
  await page.keyboard.press('Control+/');
  await expect(search).toBeFocused();
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
  await page.keyboard.type('!');
  await expect.poll(() => mina.text()).toBe('some! words');

  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.keyboard.type('cop li');
  await expect(page.getByRole('option')).toHaveText(['Copy link']);
  await expect(page.getByRole('option', { selected: true })).toHaveText('Copy link');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('toasts')).toContainText('Link copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  await expect(mina.editor).toBeFocused();

  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.keyboard.type('undo');
  await page.keyboard.press('Enter');
  await expectConverged([mina], url, { text: 'some words' });
  await expect(mina.editor).toBeFocused();
  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.keyboard.type('find');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('find').getByPlaceholder('Find')).toBeFocused();
});

test('a name finds who is here, and Enter goes there or follows', async ({ join, openDocument }) => {
  const content = Array.from({ length: 200 }, (_, index) => `Line ${index + 1}`).join('\n');
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon Park')];
  const { page } = mina;
  const option = page.getByRole('option');
  const inPeople = page.getByTestId('commands').getByRole('group', { name: 'People' });
  const type = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+/');
    await expect(page.getByTestId('command-search')).toBeFocused();
    await expect(inPeople).toHaveCount(0);
    await page.keyboard.type(text);
  };
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await expect.poll(() => namesOffScreen(mina)).toEqual(['Joon Park']);
  await type('joon');
  await expect(inPeople.getByRole('option')).toHaveText(['Go to Joon Park', 'Follow Joon Park']);
  await page.keyboard.press('Enter');
  await expect(mina.editor.getByText('Line 200', { exact: true })).toBeInViewport();
  await expect(mina.editor).toBeFocused();
  await expect(page.getByTestId('following')).toHaveCount(0);

  await type('follow park');
  await expect(option).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('following')).toContainText('Following Joon Park');
  await type('follow park');
  await expect(option).toContainText('on');
  // Whoever goes is found no more, not even in a list that is open.
  await joon.context.close();
  await expect(option).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expectConverged([mina], url, { text: content });
});

test('keys are told in the order in which they are pressed, also where the page runs from the right', async ({
  join,
}) => {
  const mina = await join('Mina');
  const { page } = mina;
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.getByTestId('more').click();
  const line = page.getByRole('menuitem', { name: 'Commands…' });
  const [words, keys] = [line.locator('.label'), line.locator('.keys')];
  await expect(keys).toHaveText('Ctrl /');
  expect(await leftsOf(keys)).toEqual([...(await leftsOf(keys))].sort((one, other) => one - other));
  expect((await keys.boundingBox())!.x).toBeLessThan((await words.boundingBox())!.x);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill('find and');
  await expect(page.getByRole('option').locator('kbd')).toHaveText(['Ctrl', 'F']);
  const lefts = (part: string) =>
    page.locator(part).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  const inList = await lefts('[role="option"] kbd');
  expect(inList[0]).toBeLessThan(inList[1]!);
  await page.getByRole('tab', { name: 'Keyboard' }).click();
  const inHelp = await lefts('.way:has(kbd + kbd):first-of-type kbd');
  expect(inHelp.length).toBeGreaterThan(2);
  expect(inHelp[0]).toBeLessThan(inHelp[1]!);
});

test('More has its lines in groups', async ({ join }) => {
  const mina = await join('Mina');
  await mina.editor.waitFor();
  await mina.page.getByTestId('more').click();
  await expect(mina.page.getByRole('menu', { name: 'More' })).toMatchAriaSnapshot(`
    - menu "More":
      - menuitem "Find and replace"
      - menuitemcheckbox "Preview"
      - menuitemcheckbox "Outline"
      - separator
      - menuitem "Copy link"
      - menuitem "Copy as rich text"
      - menuitem "Duplicate"
      - menuitem "Watch"
      - separator
      - menuitem "Download as Markdown"
      - menuitem "Print…"
      - separator
      - menuitem "Settings…"
      - menuitem "Keyboard shortcuts"
      - menuitem "Commands…"
      - separator
      - menuitem "Leave this document…"
  `);
});

test('arrows go around the list, and what was used last comes first', async ({ join }) => {
  const mina = await join('Mina');
  const { page } = mina;
  const active = page.getByRole('option', { selected: true });
  await mina.focusEditor();
  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  const all = await page.getByRole('option').allTextContents();
  await expect(active).toHaveText(all[0]!.trim());
  await page.keyboard.press('ArrowUp');
  await expect(active).toHaveText(all.at(-1)!.trim());
  await expect(active).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await expect(active).toHaveText(all[0]!.trim());
  await page.keyboard.type('zzz');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(page.getByText('No command has that name.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.getByTestId('command-search').fill('larger');
  await page.keyboard.press('Enter');
  // The focus goes back when it is closed for good.
  await expect(mina.editor).toBeFocused();
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('group', { name: 'Used recently' }).getByRole('option')).toHaveText(['Larger text']);
  await expect(active).toHaveText('Larger text');
  // The same keys close it.
  await page.keyboard.press('Control+/');
  await expect(page.locator('dialog')).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
});

test('the list opens on the list of documents too, and makes a document; it shows the keys', async ({ visit }) => {
  const mina = await visit('Mina');
  const { page } = mina;
  await page.goto('/');
  await page.getByTestId('empty').waitFor();
  await page.keyboard.press('Control+/');
  await page.getByRole('tab', { name: 'Keyboard' }).click();
  const keys = page.getByTestId('keyboard');
  await expect(keys.locator('div', { hasText: /^Find and replace/ }).locator('kbd')).toHaveText(['Ctrl', 'F']);
  await expect(keys.locator('div', { hasText: /^Next match/ }).locator('kbd')).toHaveText(['F3', 'Ctrl', 'G']);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.keyboard.type('new doc');
  await page.keyboard.press('Enter');
  await expect(mina.editor).toBeFocused();
});

test('no shortcut of the page works behind an open dialog, but the one for saving stays harmless', async ({ join }) => {
  const mina = await join('Mina');
  const { page } = mina;
  await mina.type('a');
  await expect.poll(() => mina.state()).toBe('saved');
  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Control+s');
  await expect(page.getByTestId('announcer')).toContainText('Already saved.');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await expect(page.getByTestId('find')).toHaveCount(0);
});

test('what lies over a page goes with it, and what the preview covers takes no keys', async ({ join }) => {
  const mina = await join('Mina', { viewport: { width: 900, height: 800 } });
  const { page } = mina;
  await page.getByRole('link', { name: 'All documents' }).click();
  await page.getByTestId('home').waitFor();
  await page.goBack();
  await mina.editor.waitFor();
  await page.keyboard.press('Control+/');
  await expect(page.getByTestId('command-search')).toBeFocused();
  await page.goForward();
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(page.locator('dialog')).toHaveCount(0);

  await page.goBack();
  await mina.focusEditor();
  await chooseInMore(mina, 'preview');
  const preview = page.locator('.preview-pane');
  await expect(preview).toBeFocused();
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  await expect(preview).toBeFocused();
  await page.getByTestId('more').click();
  await expect(page.locator('[data-item="preview"]:visible')).toBeVisible();
  await expect(page.locator('[data-item="find"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await preview.press('Escape');
  await expect(mina.editor).toBeFocused();
  await page.getByTestId('more').click();
  await expect(page.locator('[data-item="find"]:visible')).toBeVisible();
});

test('an input method keeps Enter and the arrows while it composes in the field', async ({ join }) => {
  const mina = await join('Mina', { context: { locale: 'ko-KR' } });
  const { page } = mina;
  const search = page.getByTestId('command-search');
  await mina.focusEditor();
  await page.keyboard.press('Control+/');
  await expect(search).toBeFocused();
  await mina.composeStep('공ㅇ');
  await expect(page.getByRole('option')).toHaveText(['공유']);
  await search.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(search).toBeFocused();
  await mina.commitComposition('공유');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('share')).toBeVisible();
});

for (const [screen, viewport, colorScheme] of SCREENS) {
  test(`axe finds nothing in commands and keys, ${colorScheme} on ${screen}`, async ({ join }) => {
    const mina = await join('Mina', { viewport, colorScheme, reducedMotion: 'reduce' });
    const { page } = mina;
    await mina.focusEditor();
    await page.keyboard.press('Control+/');
    await page.getByTestId('command-search').waitFor();
    await expectAccessible(mina, 'all commands');
    await page.getByTestId('command-search').fill('text');
    await expectAccessible(mina, 'some commands');
    await page.getByTestId('command-search').fill('zzz');
    await expectAccessible(mina, 'no command');
    await page.getByRole('tab', { name: 'Keyboard' }).click();
    await expectAccessible(mina, 'keys');
    if (viewport.width > 700) return;
    const box = (await page.getByTestId('commands').boundingBox())!;
    expect([box.x, box.y, box.width, box.height]).toEqual([0, 0, viewport.width, viewport.height]);
  });
}
