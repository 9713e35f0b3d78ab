import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { ownSelection, scrollTo, shownPlace } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

const LINKS = ['[words](/api/session)', '[bad](javascript:alert(1))', 'https://weft.example/bare', 'plain'];

test('Ctrl and a click open a link in a tab of its own; nothing that runs is a link', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINKS.join('\n\n'));
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
  openDocument,
}) => {
  await openDocument(LINKS.join('\n\n'));
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
  await expect(mina.page.getByTestId('toasts')).toContainText('Copy it yourself: https://weft.example/bare');
  await mina.editor.getByText('https://weft.example/bare').tap();
  await expect(menu).toBeVisible();
  await mina.editor.getByText('bad').tap();
  await expect(menu).toHaveCount(0);
});

test('the menu of a link stays at it when a keyboard comes up, and goes when one writes or the link is out of sight', async ({
  join,
  openDocument,
}) => {
  const above = Array.from({ length: 18 }, (_, index) => `Line ${index + 1}`);
  const content = [...above, 'see [words](/there) here', ...Array<string>(60).fill('below')].join('\n');
  const url = await openDocument(content);
  const context = { hasTouch: true, isMobile: true };
  const mina = await join('Mina', { viewport: { width: 390, height: 844 }, context });
  const menu = mina.page.getByTestId('link-menu');
  const link = mina.editor.locator('.weft-link');
  const gap = async (): Promise<number> => {
    const [row, box] = [(await link.boundingBox())!, (await menu.boundingBox())!];
    return Math.round(Math.max(box.y - row.y - row.height, row.y - box.y - box.height));
  };
  await link.tap();
  await expect(menu).toContainText('/there');
  await expect.poll(gap).toBeLessThan(16);
  await mina.page.setViewportSize({ width: 390, height: 420 });
  await expect.poll(async () => (await link.boundingBox())!.y).toBeLessThan(420);
  await expect.poll(gap).toBeLessThan(16);
  expect(await gap()).toBeGreaterThanOrEqual(0);
  await mina.page.keyboard.type('x');
  await expect(menu).toHaveCount(0);

  await link.tap();
  await expect(menu).toBeVisible();
  await scrollTo(mina, 1500);
  await expect(menu).toHaveCount(0);
  await expectConverged([mina], url);
});

test('what runs opens nothing, in whatever spelling, and mail leaves the document where it is', async ({
  join,
  openDocument,
}) => {
  const odd = [
    '[mail](mailto:a@weft.example)',
    '[tabbed](java\tscript:alert(1))',
    '[upper](JAVASCRIPT:alert(1))',
    '<javascript:alert(1)>',
    '[data](data:text/html,<script>alert(1)</script>)',
    '[file](file:///etc/passwd)',
    '[relative](../api/session)',
  ];
  const url = await openDocument(odd.join('\n\n'));
  const mina = await join('Mina');
  const lines = mina.editor.locator('.cm-line');
  const marked = await lines.evaluateAll((all) => all.map((line) => line.querySelector('.weft-link') !== null));
  expect(odd.filter((_, index) => marked[index * 2])).toEqual([odd[0], odd[6]]);
  const opened = mina.context.waitForEvent('page');
  for (const index of odd.keys()) {
    const { left, top, height } = await shownPlace(mina, index * 2, 3);
    await mina.page.keyboard.down('Control');
    await mina.mouse.click(left, top + height / 2);
    await mina.page.keyboard.up('Control');
  }
  const tab = await opened;
  await tab.waitForLoadState();
  expect(tab.url()).toBe(new URL('/api/session', url).href);
  expect(mina.context.pages()).toHaveLength(2);
  expect(new URL(mina.page.url()).pathname).toBe(new URL(url).pathname);
});
