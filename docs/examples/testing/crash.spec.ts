import { expect, NETWORK_ERRORS, test } from 'weftdoc/testing';

test('the server is killed while two people type', async ({ join, weft }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  // What the browser writes to its console then is no failure of the test.
  for (const person of [mina, joon]) person.log.allow(NETWORK_ERRORS);
  await Promise.all([mina.type('one '), joon.type('two ')]);
  await weft.kill();
  await Promise.all([mina.type('three '), joon.type('four ')]);

  await weft.start();
  await expect([mina, joon]).toConverge();
  for (const word of ['one', 'two', 'three', 'four']) expect(await mina.text()).toContain(word);
});

test('a tab crashes with something unsent', async ({ join, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium can be told to crash');
  const mina = await join('Mina');
  await mina.network.cut();
  await mina.type('Not sent.');
  await expect.poll(() => mina.kept()).toBe('Not sent.'.length);

  await mina.crash();
  await mina.network.heal();
  const again = await mina.newTab(mina.documentUrl);
  await expect(again).toConverge({ text: 'Not sent.' });
});
