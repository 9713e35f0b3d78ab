import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/test.ts';

test('a line of 60 kB of emphasis signs is typed in as in plain text (FR11)', async ({ join, openDocument }) => {
  const content = `**bold**\n\n${'_*'.repeat(30_000)}`;
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+End');
  await joon.press('Control+Home');
  await Promise.all([mina.type('five!'), joon.type('Hello ')]);
  await expectConverged([mina, joon], url, { text: `Hello ${content}five!` });
  // What is no attack is still shown as Markdown.
  await expect(joon.editor.getByText('bold')).toHaveCSS('font-weight', '600');
  await expect(joon.page.getByTestId('plain')).toHaveCount(0);
});

test('where reading Markdown makes the page hang, it says so, shows plain text, and tries again when asked', async ({
  visit,
  openDocument,
}) => {
  const url = await openDocument('**bold**\n\n- item');
  const mina = await visit('Mina');
  // A clock by which every step of reading takes seconds, until it is mended.
  await mina.page.addInitScript(() => {
    const page = window as unknown as { isMended?: boolean };
    const real = performance.now.bind(performance);
    let calls = 0;
    performance.now = () => real() + (page.isMended ? 0 : 1_000 * (calls += 1));
  });
  await mina.open(url);
  const notice = mina.page.getByTestId('plain');
  await expect(notice).toContainText('Shown as plain text.');
  const bold = mina.editor.getByText('bold');
  await expect(bold).not.toHaveCSS('font-weight', '600');
  await mina.press('Control+End');
  await mina.press('Enter');
  await mina.type('plain');
  await expectConverged([mina], url, { text: '**bold**\n\n- item\nplain' });

  await mina.page.evaluate(() => Object.assign(window, { isMended: true }));
  await notice.getByRole('button', { name: 'Show Markdown' }).click();
  await expect(bold).toHaveCSS('font-weight', '600');
  await expect(notice).toHaveCount(0);
});

test('the text is there, and can be written, before Markdown is loaded', async ({ visit, openDocument }) => {
  const url = await openDocument('**bold**\n\n- item');
  const mina = await visit('Mina');
  let load = (): void => undefined;
  const held = new Promise<void>((resolve) => (load = resolve));
  await mina.page.route(/\/assets\/markdown-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await mina.open(url);
  await mina.press('Control+End');
  await mina.press('Enter');
  await mina.type('plain');
  await mina.press('Control+a');
  load();
  await expect(mina.editor.getByText('bold')).toHaveCSS('font-weight', '600');
  await mina.press('Control+End');
  await mina.press('Enter');
  await mina.type('- next');
  await mina.press('Enter');
  await mina.type('last');
  await expectConverged([mina], url, { text: '**bold**\n\n- item\nplain\n- next\n- last' });
});
