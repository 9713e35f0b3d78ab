import { expect, test } from 'weftdoc/testing';

test('two pages keep up with fifty typists', async ({ join, crowd, openDocument }) => {
  await openDocument('In the middle of it all: |');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const typists = await crowd(50);
  await Promise.all([typists.type(10), mina.type('a few words '), joon.type('and some more ')]);
  await expect([mina, joon, typists]).toConverge({ timeout: 60_000 });
});
