import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { ownSelection } from './fixtures/shown.ts';
import { chooseInMore } from './fixtures/menus.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

const TEXT = 'A cat and a dog.\nThe Cat sleeps.\nNo dogs, but a cat.';

test('Ctrl+F finds, Enter goes on, Escape closes and selects what was found', async ({ join, openDocument }) => {
  const url = await openDocument(TEXT);
  const mina = await join('Mina');
  await mina.press('Control+Home');
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  await expect(panel.getByPlaceholder('Find')).toBeFocused();
  await mina.page.keyboard.type('cat');
  await expect(mina.page.locator('.cm-searchMatch')).toHaveCount(3);
  await mina.page.keyboard.press('Enter');
  await mina.page.keyboard.press('Enter');
  await expect(mina.page.locator('.cm-searchMatch-selected')).toHaveText('Cat');
  await panel.getByLabel('Match case').check();
  await expect(mina.page.locator('.cm-searchMatch')).toHaveCount(2);
  await panel.getByPlaceholder('Find').press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
  expect(await ownSelection(mina)).toMatchObject({ line: 1, text: 'Cat' });
  await expectConverged([mina], url, { text: TEXT });
});

test('what is typed after Ctrl+F, before the search is loaded, is looked for, and does not land in the text', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(TEXT);
  const mina = await join('Mina');
  let load = (): void => undefined;
  const held = new Promise<void>((resolve) => (load = resolve));
  await mina.page.route(/\/assets\/search-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await mina.press('Control+f');
  await mina.page.keyboard.type('ca');
  await mina.page.keyboard.press('ArrowLeft');
  await mina.page.keyboard.type('r');
  await mina.page.keyboard.press('Backspace');
  load();
  const field = mina.page.getByTestId('find').getByPlaceholder('Find');
  await expect(field).toBeFocused();
  await mina.page.keyboard.type('t');
  await expect(field).toHaveValue('cat');
  await expect(mina.page.locator('.cm-searchMatch')).toHaveCount(3);
  await expectConverged([mina], url, { text: TEXT });
});

test('replace all reaches what the other has typed meanwhile', async ({ join, openDocument }) => {
  const url = await openDocument(TEXT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  await panel.getByPlaceholder('Find').pressSequentially('cat');
  await panel.getByPlaceholder('Replace').pressSequentially('ferret');
  await joon.press('Control+End');
  await Promise.all([
    panel.getByRole('button', { name: 'Replace all' }).click(),
    joon.type(' And that cat!', { delay: 10 }),
  ]);
  await expectConverged([mina, joon], url);
  await panel.getByRole('button', { name: 'Replace all' }).click();
  const replaced = `${TEXT.replaceAll(/cat/gi, 'ferret')} And that ferret!`;
  await expectConverged([mina, joon], url, { text: replaced });

  await panel.getByPlaceholder('Find').press('Escape');
  await joon.press('Control+Home');
  await joon.type('Note: ');
  await expectConverged([mina, joon], url, { text: `Note: ${replaced}` });
});

test('replace all is undone in one step', async ({ join, openDocument }) => {
  const url = await openDocument(TEXT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  await panel.getByPlaceholder('Find').pressSequentially('cat');
  await panel.getByPlaceholder('Replace').pressSequentially('ferret');
  // CodeMirror takes an announcement away again 200 ms later.
  const announced = mina.page.locator('.cm-announced').evaluate(
    (region) =>
      new Promise<string>((resolve) => {
        new MutationObserver(() => {
          const text = region.textContent.trim();
          if (text.startsWith('replaced')) resolve(text);
        }).observe(region, { childList: true, subtree: true, characterData: true });
      }),
  );
  await panel.getByRole('button', { name: 'Replace all' }).click();
  // In the words of the page, not in those of CodeMirror.
  expect(await announced).toMatch(/^replaced \d+\.$/);
  await expectConverged([mina, joon], url, { text: TEXT.replaceAll(/cat/gi, 'ferret') });
  await joon.press('Control+Home');
  await joon.type('Note: ');
  await panel.getByPlaceholder('Find').press('Escape');
  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: `Note: ${TEXT}` });
});

test('matches follow the edits of others while the panel is open', async ({ join, openDocument }) => {
  const url = await openDocument(TEXT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await chooseInMore(mina, 'find');
  await mina.page.getByTestId('find').getByPlaceholder('Find').pressSequentially('cat');
  const matches = mina.page.locator('.cm-searchMatch');
  await expect(matches).toHaveCount(3);
  await joon.press('Control+Home');
  await joon.type('Two cats. ');
  await expect(matches).toHaveCount(4);
  await expect(mina.page.getByTestId('find').getByPlaceholder('Find')).toBeFocused();
  await expectConverged([mina, joon], url, { text: `Two cats. ${TEXT}` });
});

test('a search is for words, never for a pattern that could keep the page busy for ever', async ({
  join,
  openDocument,
}) => {
  const text = `${'a'.repeat(200)}!\nHere (a+)+$ stands.`;
  const url = await openDocument(text);
  const mina = await join('Mina');
  await mina.press('Control+f');
  const panel = mina.page.getByTestId('find');
  await panel.getByPlaceholder('Find').pressSequentially('(a+)+$');
  await expect(mina.page.locator('.cm-searchMatch')).toHaveText(['(a+)+$']);
  await expect(panel.getByRole('checkbox')).toHaveCount(2);
  await expectConverged([mina], url, { text });
});
