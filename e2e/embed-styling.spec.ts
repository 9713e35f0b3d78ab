import { expect } from '@playwright/test';
import { test, type EmbedOptions } from './fixtures/embed.ts';

const styled =
  (css: string, inside = ''): EmbedOptions['page'] =>
  ({ script, element, user }) =>
    `<!doctype html><title>Styled</title><style>${css}</style>${script}${element.replace('</', `${inside}</`)}${user}`;

test('W14 custom properties of the host change letters, colours, corners and height', async ({ embed }) => {
  const mina = await embed('Mina', {
    page: styled(`weft-editor { --weft-font: monospace; --weft-ui: cursive; --weft-size: 23px; --weft-ink: #102030; --weft-background: #f0fff0;
      --weft-accent: #006040; --weft-border: rgb(1, 2, 3); --weft-radius: 3px; --weft-min-height: 450px }`),
  });
  const box = mina.element.locator('.weft');
  await expect(box).toHaveCSS('background-color', 'rgb(240, 255, 240)');
  await expect(box).toHaveCSS('border-color', 'rgb(1, 2, 3)');
  await expect(box).toHaveCSS('border-radius', '3px');
  await expect(box).toHaveCSS('min-height', '450px');
  await expect(box).toHaveCSS('font-family', 'cursive');
  const text = mina.editor;
  await expect(text).toHaveCSS('font-family', 'monospace');
  await expect(text).toHaveCSS('font-size', '23px');
  await expect(text).toHaveCSS('color', 'rgb(16, 32, 48)');
  await expect(text).toHaveCSS('caret-color', 'rgb(0, 96, 64)');
});

for (const [what, css] of [
  ['ink', '--weft-ink: #777; --weft-background: #888'],
  ['accent', '--weft-accent: #ffffaa'],
] as const) {
  test(`an ${what} that cannot be read (below 4.5:1) is not taken`, async ({ embed }) => {
    const [plain, mina] = [await embed('Plain'), await embed('Mina', { page: styled(`weft-editor { ${css} }`) })];
    for (const property of ['color', 'caret-color']) {
      const own = await plain.editor.evaluate(
        (element, name) => getComputedStyle(element).getPropertyValue(name),
        property,
      );
      await expect(mina.editor).toHaveCSS(property, own);
    }
  });
}

test('a colour that the host changes later, by a class further out, is taken then', async ({ embed }) => {
  const mina = await embed('Mina', { page: styled('.green weft-editor { --weft-accent: #006040 }') });
  await mina.page.evaluate(() => document.body.classList.add('green'));
  await expect(mina.editor).toHaveCSS('caret-color', 'rgb(0, 96, 64)');
  await mina.page.evaluate(() => document.body.classList.remove('green'));
  await expect(mina.editor).not.toHaveCSS('caret-color', 'rgb(0, 96, 64)');
});

test('W14 parts can be styled: content, toolbar, status, people, caret, caret-label, banner', async ({
  embed,
  join,
}) => {
  const parts = ['content', 'toolbar', 'status', 'people', 'caret', 'caret-label', 'banner'];
  const mina = await embed('Mina', {
    page: styled(
      parts.map((part, at) => `weft-editor::part(${part}) { outline: ${at + 1}px solid rgb(9, 9, ${at}) }`).join('\n'),
    ),
  });
  const joon = await join('Joon', { url: mina.documentUrl });
  await joon.type('Here I am');
  await mina.inElement((element) => element.follow(element.people.find(({ isSelf }) => !isSelf)!.sessionIds[0]!));
  for (const [at, part] of parts.entries()) {
    const found = mina.element.locator(`[part~="${part}"]`).first();
    await expect(found, part).toBeVisible();
    await expect(found, part).toHaveCSS('outline', `rgb(9, 9, ${at}) solid ${at + 1}px`);
  }
});

test('W14 states can be styled: saving, offline, readonly', async ({ embed }) => {
  const mina = await embed('Mina', {
    page: styled(
      `weft-editor:state(saving) { --seen: saving } weft-editor:state(offline) { --seen: offline } weft-editor:state(readonly) { --seen: readonly }`,
    ),
  });
  const seen = (): Promise<string> =>
    mina.element.evaluate((element) => getComputedStyle(element).getPropertyValue('--seen'));
  expect(await seen()).toBe('');
  mina.network.hold();
  await mina.type('x');
  await expect.poll(seen).toBe('saving');
  await mina.network.cut();
  await expect.poll(seen).toBe('offline');
  await mina.network.heal();
  await mina.page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(seen).toBe('');
  await mina.inElement((element) => (element.readonly = true));
  await expect.poll(seen).toBe('readonly');
});

test('W14 slots take what the host puts in the row: toolbar-start, toolbar-end, and status in the place of ours', async ({
  embed,
}) => {
  const mina = await embed('Mina', {
    page: styled(
      '',
      '<b slot="toolbar-start">Start</b><button slot="toolbar-end">End</button><i slot="status">All is well</i>',
    ),
  });
  const row = mina.element.locator('.bar');
  const within = (await row.boundingBox())!;
  for (const text of ['Start', 'End', 'All is well']) {
    const box = (await mina.page.getByText(text, { exact: true }).boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(within.y);
    expect(box.y + box.height).toBeLessThanOrEqual(within.y + within.height);
  }
  await expect(mina.statusLine).toBeHidden();
});

test('theme: auto follows the reader’s system, light and dark are the host’s choice', async ({ embed }) => {
  const mina = await embed('Mina', { colorScheme: 'dark' });
  const box = mina.element.locator('.weft');
  await expect(box).toHaveClass(/is-dark/);
  const dark = await box.evaluate((element) => getComputedStyle(element).backgroundColor);
  await mina.inElement((element) => (element.theme = 'light'));
  await expect(box).not.toHaveCSS('background-color', dark);
  await expect(box).toHaveCSS('color-scheme', 'light');
  await mina.inElement((element) => (element.theme = 'auto'));
  await mina.page.emulateMedia({ colorScheme: 'light' });
  await expect(box).not.toHaveCSS('background-color', dark);
  await mina.inElement((element) => (element.theme = 'dark'));
  await expect(box).toHaveCSS('background-color', dark);
});
