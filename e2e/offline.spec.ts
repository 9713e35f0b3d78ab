import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { needs } from './fixtures/lacks.ts';
import { test } from './fixtures/core.ts';

test('without a network writing goes on, "n kept here", and all of it arrives once', async ({ join }) => {
  const joon = await join('Joon');
  const url = joon.documentUrl;
  const mina = await join('Mina');
  // The longest waits between attempts, so that there is time to press Retry.
  await mina.evaluate(() => void (Math.random = () => 0.999));
  await mina.type('one ');
  await expectConverged([mina, joon], url, { text: 'one ' });

  await mina.network.cut();
  await expect.poll(() => mina.statusText()).toMatch(/Reconnecting in \d s/);
  await mina.type('two');
  await expect.poll(() => mina.statusText()).toContain(', 3 kept here');
  expect(await mina.unsaved()).toBe(3);
  await joon.press('Control+Home');
  await joon.type('zero ');
  await expectConverged([joon], url, { text: 'zero one ' });

  await expect.poll(() => mina.statusText()).toContain('Reconnecting in 4 s');
  await mina.network.heal();
  await mina.clickOn('retry');
  await expect.poll(() => mina.statusText()).toContain('Saved');
  await expectConverged([mina, joon], url, { text: 'zero one two' });
});

test(
  'a browser that knows it is offline says "Offline", and connects as soon as it is not',
  needs('offline'),
  async ({ join }) => {
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const url = mina.documentUrl;
    await mina.type('a');
    await expectConverged([mina, joon], url, { text: 'a' });

    // It is told by and by, and would come between.
    await expect.poll(() => mina.shown('announcer')).toMatch(/Joon joined/);
    await mina.network.goOffline();
    await expect.poll(() => mina.statusText()).toBe('Offline');
    await mina.type('bc');
    await expect.poll(() => mina.statusText()).toBe('Offline, 2 kept here');
    await expect.poll(() => mina.shown('announcer')).toBe('You are offline. You can go on writing.');

    await mina.network.heal();
    await expect.poll(() => mina.shown('announcer')).toBe('Connected again.');
    await expectConverged([mina, joon], url, { text: 'abc' });
  },
);

test('both write offline in the same paragraph; nothing is lost and nothing doubled', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('The cat sat on the mat.');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await Promise.all([mina.network.cut(), joon.network.cut()]);

  await mina.caretTo(0, 'The '.length);
  await mina.type('black ');
  await mina.press('Control+End');
  await mina.type(' Purring.');
  await joon.caretTo(0, 'The cat sat on the mat'.length);
  for (let count = 0; count < 'mat'.length; count += 1) await joon.press('Backspace');
  await joon.type('sofa');
  expect(await mina.shownText()).toBe('The black cat sat on the mat. Purring.');
  expect(await joon.shownText()).toBe('The cat sat on the sofa.');

  await mina.network.heal();
  await mina.wake();
  await expectConverged([mina], url, { text: 'The black cat sat on the mat. Purring.' });
  await joon.network.heal();
  await joon.wake();
  await expectConverged([mina, joon], url, { text: 'The black cat sat on the sofa. Purring.' });
});

test('a lost acknowledgement: what was sent before the break is not sent twice (G2)', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  mina.network.holdAnswers();
  await mina.type('once');
  // The server has the first of it, and Mina does not know.
  await expect.poll(async () => (await joon.text()).length).toBeGreaterThan(0);
  expect(await mina.unsaved()).toBe(4);

  await mina.network.cut();
  await mina.type(' only');
  await mina.network.heal();
  await mina.wake();
  await expectConverged([mina, joon], url, { text: 'once only' });
});

test('a network that breaks again and again while two people type loses and doubles nothing', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  const words = ['alpha ', 'beta ', 'gamma ', 'delta ', 'epsilon '];
  await joon.type('|');
  await expectConverged([mina, joon], url, { text: '|' });
  await mina.press('Control+Home');

  await Promise.all([
    (async () => {
      for (const word of words) {
        await mina.type(word);
        await mina.network.cut();
        await mina.network.heal();
        await mina.wake();
      }
    })(),
    (async () => {
      for (const word of words) await joon.type(word, { delay: 10 });
    })(),
  ]);
  await expectConverged([mina, joon], url, { text: `${words.join('')}|${words.join('')}` });
});
