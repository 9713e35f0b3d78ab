import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/embed.ts';
import { firstVisibleLine, isInView, namesOffScreen, scrollTo, clickTick } from './fixtures/shown.ts';

const LINES = Array.from({ length: 120 }, (_, line) => `Line ${line}`).join('\n');

test('one in our own page and one in the element see each other: carets, names, discs', async ({ embed, join }) => {
  const mina = await embed('Mina');
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.type('From outside');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'From outside' });
  expect(await joon.caretNames()).toEqual(['Mina']);
  await joon.caretTo(0, 4);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  await expect(mina.element.getByTestId('caret-name')).toHaveText('Joon');
  await expect(mina.element.getByTestId('avatar')).toHaveAttribute('data-name', 'Joon');
  await expect(mina.element.getByTestId('presence')).toHaveAttribute('data-count', '2');
});

test('undo takes back own edits only', async ({ embed, join }) => {
  const mina = await embed('Mina');
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.type('mine ');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'mine ' });
  await joon.press('Control+End');
  await joon.type('yours');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'mine yours' });
  await mina.press('Control+z');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'yours' });
  await mina.press('Control+Shift+z');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'mine yours' });
});

const PRESENCE = {
  full: { carets: 1, discs: 1 },
  carets: { carets: 1, discs: 0 },
  avatars: { carets: 0, discs: 1 },
  none: { carets: 0, discs: 0 },
} as const;

test('presence chooses what is seen of others: full, carets, avatars, none', async ({ embed, join }) => {
  const mina = await embed('Mina');
  const joon = await join('Joon', { url: mina.documentUrl });
  await joon.type('Here');
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  for (const [presence, { carets, discs }] of Object.entries(PRESENCE)) {
    await mina.inElement((element, choice) => (element.presence = choice as 'full'), presence);
    await expect(mina.element.getByTestId('avatar'), presence).toHaveCount(discs);
    await expect(mina.element.getByTestId('remote-caret').filter({ visible: true }), presence).toHaveCount(carets);
    if (carets === 0)
      await expect(mina.element.getByTestId('caret-name').filter({ visible: true }), presence).toHaveCount(0);
  }
});

test('a disc opens a menu that lies over everything; Follow keeps a caret in view, Escape ends it', async ({
  embed,
  join,
  openDocument,
}) => {
  const url = await openDocument({ content: LINES });
  const mina = await embed('Mina', { url });
  const joon = await join('Joon', { url });
  await joon.press('Control+End');
  await mina.element.locator('.disc-button').click();
  const menu = mina.element.getByRole('menu');
  await expect(menu).toContainText('Joon');
  const isOnTop = await menu.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains((element.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isOnTop).toBe(true);
  await menu.getByRole('menuitem', { name: 'Follow' }).click();
  await expect(mina.element.getByTestId('following')).toContainText('Joon');
  await expect.poll(() => isInView(mina, 'Line 119')).toBe(true);
  await joon.press('Control+Home');
  await joon.type('!');
  await expect.poll(() => isInView(mina, '!Line 0')).toBe(true);
  await mina.press('Escape');
  await expect(mina.element.getByTestId('following')).toHaveCount(0);
});

test('follow() follows, and null ends it', async ({ embed, join, openDocument }) => {
  const url = await openDocument({ content: LINES });
  const mina = await embed('Mina', { url });
  const joon = await join('Joon', { url });
  await joon.press('Control+End');
  await expect.poll(() => mina.inElement(({ people }) => people.length)).toBe(2);
  await mina.inElement((element) => element.follow(element.people.find(({ isSelf }) => !isSelf)!.sessionIds[0]!));
  await expect.poll(() => isInView(mina, 'Line 119')).toBe(true);
  await mina.inElement((element) => element.follow(null));
  await expect(mina.element.getByTestId('following')).toHaveCount(0);
  await mina.inElement((element) => element.scrollTo(0));
  await joon.type('?');
  await expectConverged([joon], url);
  expect(await isInView(mina, 'Line 0')).toBe(true);
});

test('who is off the screen has a tick at the edge, which leads there', async ({ embed, join, openDocument }) => {
  const url = await openDocument({ content: LINES });
  const mina = await embed('Mina', { url });
  const joon = await join('Joon', { url });
  await joon.press('Control+End');
  await expect.poll(() => namesOffScreen(mina)).toEqual(['Joon']);
  await clickTick(mina, 'Joon');
  await expect.poll(() => isInView(mina, 'Line 119')).toBe(true);
  await expect.poll(() => namesOffScreen(mina)).toEqual([]);
});

test('what others write above keeps the lines where they are', async ({ embed, join, openDocument }) => {
  const url = await openDocument({ content: LINES });
  const mina = await embed('Mina', { url });
  const joon = await join('Joon', { url });
  await scrollTo(mina, 900);
  const before = await firstVisibleLine(mina);
  await joon.press('Control+Home');
  await joon.paste('New one\n'.repeat(30));
  await expect.poll(async () => (await mina.inElement(({ value }) => value)).startsWith('New one')).toBe(true);
  await expect.poll(async () => (await firstVisibleLine(mina)).text).toBe(before.text);
  expect(Math.abs((await firstVisibleLine(mina)).top - before.top)).toBeLessThanOrEqual(1);
});

test('Ctrl+F searches the text inside, and the page of the host keeps its own search', async ({
  embed,
  openDocument,
}) => {
  const url = await openDocument({ content: `${LINES}\nneedle` });
  const mina = await embed('Mina', { url });
  await mina.press('Control+f');
  await expect(mina.element.getByPlaceholder('Find')).toBeFocused();
  await mina.keyboard.type('needle');
  await mina.keyboard.press('Enter');
  await expect.poll(() => isInView(mina, 'needle')).toBe(true);
  await mina.keyboard.press('Escape');
  await expect(mina.element.locator('.cm-panels')).toHaveCount(0);
  await expect(mina.editor).toBeFocused();
});
