import { expect } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import { test, type EmbedOptions } from './fixtures/embed.ts';

const page =
  (width: number): EmbedOptions['page'] =>
  ({
    script,
    element,
    user,
  }) => `<!doctype html><html lang="en"><head><title>Harbour</title><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">${script}</head>
  <body style="margin: 8px"><main><h1>Harbour</h1><button>Before</button><div style="width: ${width}px; max-width: 100%">${element}</div><button>After</button></main>${user}</body></html>`;

for (const [width, colorScheme] of [
  [320, 'light'],
  [320, 'dark'],
  [480, 'dark'],
  [800, 'light'],
  [800, 'dark'],
] as const) {
  test(`axe finds nothing in an element of ${width} pixels in a ${colorScheme} page: text, people, bands, menu, search`, async ({
    embed,
    join,
    openDocument,
  }) => {
    const url = await openDocument({
      content: '# Plans\n\n- [ ] one\n- `code` and [a link](https://example.org)\n',
      title: 'Plans',
    });
    const mina = await embed('Mina', {
      url,
      colorScheme,
      viewport: { width: Math.max(width, 360), height: 800 },
      page: page(width),
    });
    const joon = await join('Joon', { url });
    await joon.caretTo(0, 3);
    await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
    await expectAccessible(mina, 'with another');
    await mina.element.locator('.disc-button').click();
    await expect(mina.element.getByRole('menu')).toBeVisible();
    await expectAccessible(mina, 'the menu of a person');
    await mina.element.getByRole('menuitem', { name: 'Follow' }).click();
    await expect(mina.element.getByTestId('following')).toBeVisible();
    await expectAccessible(mina, 'following');
    await mina.press('Control+f');
    await expect(mina.element.locator('.cm-panels')).toBeVisible();
    await expectAccessible(mina, 'searching');
  });
}

test('Tab goes in, writes an indent, and after Escape goes on; Shift+Tab back', async ({ embed }) => {
  const mina = await embed('Mina', { page: page(600) });
  await mina.page.getByRole('button', { name: 'Before' }).focus();
  await mina.keyboard.press('Tab');
  await expect(mina.element.getByRole('link', { name: 'Open in Weft' })).toBeFocused();
  await mina.keyboard.press('Tab');
  await expect(mina.editor).toBeFocused();
  await mina.keyboard.type('- one\ntwo');
  await mina.keyboard.press('Tab');
  await expect(mina.editor).toBeFocused();
  await mina.keyboard.press('Escape');
  await mina.keyboard.press('Tab');
  await expect(mina.page.getByRole('button', { name: 'After' })).toBeFocused();
  await mina.keyboard.press('Shift+Tab');
  await expect(mina.editor).toBeFocused();
});

test('focus() lands in the text, and the page knows that the element has the focus', async ({ embed }) => {
  const mina = await embed('Mina', { page: page(600) });
  await mina.inElement((element) => element.focus());
  await expect(mina.editor).toBeFocused();
  expect(
    await mina.inElement((element) => [document.activeElement === element, element.matches(':focus-within')]),
  ).toEqual([true, true]);
  await mina.keyboard.type('here');
  await expectConverged([mina], mina.documentUrl, { text: 'here' });
});

test('screen readers hear what it is, who comes and goes, and when it is not saved', async ({
  embed,
  join,
  openDocument,
}) => {
  const url = await openDocument({ title: 'Plans' });
  const mina = await embed('Mina', { url, page: page(600) });
  await expect(mina.element.getByRole('region', { name: 'Plans' })).toBeVisible();
  await expect(mina.element.getByRole('textbox', { name: 'Plans' })).toBeVisible();
  const said = mina.element.locator('[aria-live="polite"].visually-hidden');
  const joon = await join('Joon', { url });
  await expect(said).toContainText('Joon');
  await joon.leave();
  await expect(said).toContainText(/Joon.*left/);
  await mina.network.cut();
  await mina.type('x');
  await expect(said).toContainText(/offline|connect/i);
});
