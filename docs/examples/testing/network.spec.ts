import { expect, test } from 'weftdoc/testing';

test('what is typed without a network arrives later', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.network.cut();
  await mina.type('On the train. ');
  await expect.poll(() => mina.state()).toBe('reconnecting');
  await joon.type('At home. ');

  await mina.network.heal();
  await expect([mina, joon]).toConverge();
  expect(await joon.text()).toContain('On the train. ');
});

test('a slow network keeps the order, one that loses everything loses nothing', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  mina.network.delay(300);
  await Promise.all([mina.type('slow'), joon.type('quick')]);
  await expect([mina, joon]).toConverge();

  joon.network.drop();
  await joon.press('Control+End');
  await joon.type(' and lost');
  await joon.network.heal();
  await expect([mina, joon]).toConverge();
  expect(await mina.text()).toContain(' and lost');

  mina.network.hold();
  await mina.press('Control+Home');
  await mina.type('Held: ');
  expect(await mina.state()).toBe('saving');
  mina.network.release();
  await expect([mina, joon]).toConverge();
});
