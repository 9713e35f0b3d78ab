import { expect, test } from 'weftdoc/testing';

test('two people type at once', async ({ join, openDocument }) => {
  await openDocument('Shopping: ');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await expect([mina, joon]).toSeeEachOther();

  await mina.press('Control+End');
  await Promise.all([mina.type('tea, '), joon.type('My ')]);
  await expect([mina, joon]).toConverge({ text: 'My Shopping: tea, ' });
  await expect.poll(async () => (await mina.caretsOf(joon)).length).toBe(1);
});

test('a viewer reads along', async ({ join, openDocument }) => {
  await openDocument('Plans');
  const [mina, vic] = [await join('Mina'), await join('Vic', { role: 'viewer', phone: true })];
  await mina.select(0, 5);
  await mina.type('Dreams');
  await expect([mina, vic]).toConverge({ text: 'Dreams' });
  await vic.type('and mine');
  await expect([mina, vic]).toConverge({ text: 'Dreams' });
});
