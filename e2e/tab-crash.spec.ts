import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { type Network, withDebug } from '../sdk/testing.ts';
import { needs } from './fixtures/lacks.ts';
import { test } from './fixtures/test.ts';

/** The clientIds under which pages have joined, in order. */
function joinedAs(net: Network): (string | undefined)[] {
  return net.sent.filter((message) => message.type === 'join').map((message) => message.clientId);
}

test('a tab is closed with unsent edits: the next one has them, and sends them once', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  await mina.type('Safe. ');
  await expectConverged([mina, joon], url, { text: 'Safe. ' });

  mina.network.hold();
  await mina.type('Not sent.');
  await expect.poll(() => mina.kept(), 'edits on this device').toBe('Not sent.'.length);
  await mina.page.close();
  mina.network.forget();
  await joon.press('Control+Home');
  await joon.type('Hello! ');

  const again = await mina.newTab(url);
  await expectConverged([again, joon], url, { text: 'Hello! Safe. Not sent.' });
  expect(new Set(joinedAs(mina.network)).size, 'the new tab went on as the same client').toBe(1);
});

test(
  'a renderer crashes with unsent edits: the next tab has them, and sends them once',
  needs('crashes'),
  async ({ join }) => {
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const url = mina.page.url();
    mina.network.hold();
    await mina.type('Not sent.');
    await expect.poll(() => mina.kept(), 'edits on this device').toBe('Not sent.'.length);
    await mina.crash();
    mina.network.forget();

    const again = await mina.newTab(url);
    await expectConverged([again, joon], url, { text: 'Not sent.' });
    // Nothing comes back a second time.
    const third = await mina.newTab(url);
    await again.press('Control+End');
    await again.type(' Sent.');
    await expectConverged([again, third, joon], url, { text: 'Not sent. Sent.' });
  },
);

test(
  'a renderer crashes with edits that the server has but did not acknowledge: they stay single (G2)',
  needs('crashes'),
  async ({ join }) => {
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const url = mina.page.url();
    mina.network.holdAnswers();
    await mina.type('x');
    await expect.poll(() => joon.text()).toBe('x');
    await mina.type('yz');
    await expect.poll(() => mina.kept(), 'edits on this device').toBe(3);
    await mina.crash();
    mina.network.forget();
    await joon.press('Control+End');
    await joon.type('!');
    await expectConverged([joon], url, { text: 'x!' });

    const again = await mina.newTab(url);
    await expectConverged([again, joon], url, { text: 'xyz!' });
  },
);

test(
  'two tabs crash with unsent edits: one tab brings back both, each once',
  needs('crashes'),
  async ({ join, openDocument }) => {
    const url = await openDocument('|');
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const second = await mina.newTab(url);
    await mina.page.bringToFront();
    await mina.press('Control+Home');
    await expectConverged([mina, second, joon], url);
    mina.network.hold();
    await mina.type('left');
    await second.press('Control+End');
    await second.type('right');
    await expect.poll(() => mina.kept()).toBe('leftright'.length);
    await second.crash();
    await mina.crash();
    mina.network.forget();

    const again = await mina.newTab(url);
    await expectConverged([again, joon], url, { text: 'left|right' });
    await expect.poll(() => again.kept(), 'nothing is left behind').toBe(0);
  },
);

test('what was typed without a server is there after a reload', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  await mina.type('Known. ');
  await expectConverged([mina, joon], url, { text: 'Known. ' });
  await mina.network.cut();
  await mina.type('New.');
  await expect.poll(() => mina.kept()).toBe(4);
  await mina.page.reload();
  await expect(mina.editor).toHaveText('Known. New.');
  await mina.press('Control+End');
  await mina.type(' Newer.');
  await expect(mina.statusLine).toContainText('11 kept here');

  await mina.network.heal();
  await mina.wake();
  await expectConverged([mina, joon], url, { text: 'Known. New. Newer.' });
});

test('tabs never share a clientId: another tab, a duplicated one, one opened by script (FO10)', async ({ join }) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  await mina.type('a');
  const other = await mina.newTab(url);

  // A tab opened by script begins with a copy of the opener's session storage, as a duplicated tab does.
  const opened = mina.context.waitForEvent('page');
  await mina.page.evaluate((address) => void window.open(address), withDebug(url));
  const copy = mina.inTab(await opened);
  await copy.page.locator('[data-collab-state="live"], [data-collab-state="saved"]').first().waitFor();
  const memoryOf = (tab: typeof copy) => tab.page.evaluate(() => JSON.stringify(sessionStorage));
  expect(await copy.page.evaluate(() => window.opener !== null)).toBe(true);

  const ids = joinedAs(mina.network);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(3);
  expect(await memoryOf(copy)).not.toBe(await memoryOf(mina));

  // A reload keeps its own.
  await mina.page.reload();
  await expect.poll(() => joinedAs(mina.network).length).toBe(4);
  expect(joinedAs(mina.network)[3]).toBe(ids[0]);

  for (const [tab, letter] of [
    [mina, 'b'],
    [other, 'c'],
    [copy, 'd'],
  ] as const) {
    // Who types in a tab looks at it.
    await tab.page.bringToFront();
    await tab.whenReady();
    await tab.press('Control+End');
    await tab.type(letter);
  }
  const { text } = await expectConverged([mina, other, copy], url);
  expect([...text].sort().join('')).toBe('abcd');
});

test('a tab is reloaded or closed right after a key, before anything was sent: nothing is lost', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  let tab = mina;
  let text = '';
  for (let round = 0; round < 12; round += 1) {
    mina.network.hold();
    const word = `${round} `;
    await tab.press('Control+End');
    await tab.type(word);
    text += word;
    if (round % 2 === 0) {
      await tab.page.reload();
      mina.network.forget();
    } else {
      await tab.page.close({ runBeforeUnload: false });
      mina.network.forget();
      tab = await mina.newTab(url);
    }
    await expectConverged([tab, joon], url, { text });
  }
});
