import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { ownSelection } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

const LINKS = ['[words](/api/session)', '[bad](javascript:alert(1))', 'https://weft.example/bare', 'plain'];

test('Ctrl and a click open a link in a tab of its own; nothing that runs is a link', async ({ join, newDocument }) => {
  const url = await newDocument({ content: LINKS.join('\n\n') });
  const mina = await join('Mina');
  const { page, context } = mina;
  // No name server knows that address; it is enough that it is asked for.
  await context.route('https://weft.example/**', (route) => route.fulfill({ body: 'there' }));
  const open = async (text: string): Promise<string> => {
    const opened = context.waitForEvent('page');
    await mina.editor
      .getByText(text, { exact: true })
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
    const tab = await opened;
    await tab.waitForLoadState();
    expect(await tab.evaluate(() => window.opener as unknown)).toBeNull();
    const address = tab.url();
    await tab.close();
    return address;
  };
  await mina.press('Control+Home');
  expect(await open('words')).toBe(new URL('/api/session', url).href);
  expect(await open('https://weft.example/bare')).toBe('https://weft.example/bare');
  await expect(mina.editor.locator('.weft-link').first()).toHaveAttribute('title', 'Ctrl-click opens the link');
  await expect(mina.editor.locator('.cm-line').nth(2).locator('.weft-link')).toHaveCount(0);
  // The caret went nowhere.
  expect(await ownSelection(mina)).toMatchObject({ line: 0, column: 0, text: '' });
  // A click alone puts the caret into it.
  await mina.editor.getByText('words', { exact: true }).click();
  expect((await ownSelection(mina)).line).toBe(0);
  expect((await ownSelection(mina)).column).toBeGreaterThan(0);
  expect(context.pages()).toHaveLength(1);
  await expect(page.getByTestId('link-menu')).toHaveCount(0);
  await expectConverged([mina], url, { text: LINKS.join('\n\n') });
});

test('on touch a link shows what can be done with it, and the next touch elsewhere ends that', async ({
  join,
  newDocument,
}) => {
  await newDocument({ content: LINKS.join('\n\n') });
  const context = { hasTouch: true, isMobile: true, permissions: ['clipboard-read', 'clipboard-write'] };
  const mina = await join('Mina', { viewport: { width: 390, height: 844 }, context });
  const menu = mina.page.getByTestId('link-menu');
  await mina.editor.getByText('https://weft.example/bare').tap();
  await expect(menu).toContainText('https://weft.example/bare');
  const box = (await menu.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  expect((await menu.getByRole('button', { name: 'Open' }).boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await menu.getByRole('button', { name: 'Copy' }).tap();
  await expect(menu).toHaveCount(0);
  expect(await mina.page.evaluate(() => navigator.clipboard.readText())).toBe('https://weft.example/bare');
  await expect(mina.page.getByTestId('toasts')).toContainText('Link copied.');
  // Pages without TLS have no clipboard object, and some browsers refuse: then the link is said.
  await mina.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await mina.editor.getByText('https://weft.example/bare').tap();
  await menu.getByRole('button', { name: 'Copy' }).tap();
  await expect(mina.page.getByTestId('toasts')).toContainText('It is https://weft.example/bare');
  await mina.editor.getByText('https://weft.example/bare').tap();
  await expect(menu).toBeVisible();
  await mina.editor.getByText('bad').tap();
  await expect(menu).toHaveCount(0);
});
