import { expect } from '@playwright/test';
import { expectAccessible, SCREENS } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

async function openSettings({ page }: Person, tab?: string): Promise<void> {
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill('settings');
  await page.keyboard.press('Enter');
  await page.getByTestId('settings').waitFor();
  if (tab !== undefined) await page.getByRole('tab', { name: tab }).click();
}

async function closeDialog({ page }: Person): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
}

const textSize = ({ editor }: Person) => editor.evaluate((text) => getComputedStyle(text).fontSize);

test('the size of the text is mine alone, holds in all my tabs at once, and after a reload', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('some words');
  const mina = await join('Mina');
  const joon = await join('Joon');
  const other = await mina.newTab(url);
  await expect.poll(() => textSize(mina)).toBe('17px');
  await mina.page.bringToFront();
  await mina.focusEditor();
  await openSettings(mina, 'Text');
  await mina.page.getByRole('radio', { name: 'Largest' }).check();
  await expect.poll(() => textSize(mina)).toBe('24px');
  await expect.poll(() => textSize(other)).toBe('24px');
  await closeDialog(mina);
  await expect(mina.editor).toBeFocused();
  await mina.page.reload();
  await mina.editor.waitFor();
  expect(await textSize(mina)).toBe('24px');
  expect(await textSize(joon)).toBe('17px');
  await expectConverged([joon], url, { text: 'some words' });
});

test('a language is spoken at once, without a reload; text, caret and focus stay', async ({ join, openDocument }) => {
  const url = await openDocument('some words');
  const mina = await join('Mina');
  const { page } = mina;
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await mina.caretTo(0, 4);
  await openSettings(mina, 'Language');
  await page.getByRole('radio', { name: '한국어' }).check();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { name: '설정' })).toBeVisible();
  await expect(page.getByRole('radio', { name: '한국어' })).toBeFocused();
  await closeDialog(mina);
  await expect(page.getByTestId('word-count')).toHaveText(/^단어 2개\s*· 글자 10개$/);
  await expect(mina.editor).toBeFocused();
  await page.keyboard.type('!');
  await expectConverged([mina], url, { text: 'some! words' });
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);

  await page.reload();
  await expect(page.getByTestId('word-count')).toHaveText(/^단어 2개\s*· 글자 11개$/);
  await mina.focusEditor();
  await page.keyboard.press('Control+/');
  await page.getByTestId('command-search').fill('english');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('word-count')).toHaveText(/^2 words\s*· 11 characters$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a language that cannot be loaded is said, and the page stays as it was', async ({ join }) => {
  const mina = await join('Mina');
  mina.log.allow(/status of 404|Failed to load|error loading dynamically imported module/);
  await mina.page.route(/assets\/catalogue-/, (route) => route.fulfill({ status: 404 }));
  await mina.focusEditor();
  await openSettings(mina, 'Language');
  await mina.page.getByRole('radio', { name: '한국어' }).check();
  await expect(mina.page.getByTestId('toasts')).toContainText('The language could not be loaded.');
  // Dialogs are in the top layer; what is not lies under them.
  expect(await mina.page.getByTestId('toasts').evaluate((one) => one.matches(':popover-open'))).toBe(true);
  await closeDialog(mina);
  await expect(mina.page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a name that is not saved is said in the settings, until it is', async ({ join }) => {
  const mina = await join('Mina');
  const json = { error: { code: 'unavailable', message: 'No' } };
  mina.log.allow(/status of 503/);
  await mina.page.route('**/api/session', (route) => route.fulfill({ status: 503, json }));
  await mina.focusEditor();
  await openSettings(mina);
  const name = mina.page.getByTestId('settings').getByTestId('profile-name');
  await name.fill('Mina Kim');
  await name.press('Enter');
  const problem = mina.page.getByTestId('settings').getByRole('alert');
  await expect(problem).toHaveText(
    'The name is not saved yet. It is kept here and sent as soon as the server accepts it.',
  );
  await expect(mina.page.getByTestId('toasts')).toHaveText('');
  await mina.page.unroute('**/api/session');
  await mina.wake();
  await expect(mina.page.getByTestId('announcer')).toHaveText('You are now Mina Kim.');
  await expect(problem).toHaveCount(0);
  // A notice that is there does not keep Escape to itself.
  await closeDialog(mina);
  await expect(mina.editor).toBeFocused();
});

test('settings hold as long as the page where the browser keeps nothing', async ({ visit, openDocument }) => {
  const url = await openDocument('some words');
  const mina = await visit('Mina');
  await mina.page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Blocked', 'SecurityError');
      },
    }),
  );
  await mina.open(url);
  await mina.focusEditor();
  await openSettings(mina, 'Text');
  await mina.page.getByRole('radio', { name: 'Small' }).check();
  await expect.poll(() => textSize(mina)).toBe('15px');
  await closeDialog(mina);
  await mina.caretTo(0, 10);
  await mina.type('!');
  await expectConverged([mina], url, { text: 'some words!' });
});

for (const [screen, viewport, colorScheme] of SCREENS) {
  test(`axe finds nothing in the settings, ${colorScheme} on ${screen}`, async ({ join }) => {
    const mina = await join('Mina', { viewport, colorScheme, reducedMotion: 'reduce' });
    await mina.focusEditor();
    await openSettings(mina);
    await mina.page.getByTestId('profile-name').waitFor();
    await expectAccessible(mina, 'You');
    for (const tab of ['Text', 'Language']) {
      await mina.page.getByRole('tab', { name: tab }).click();
      await expectAccessible(mina, tab);
    }
  });
}
