import { expect, test } from 'weftdoc/testing';

test('nobody types a butterfly', async ({ crowd, openDocument }) => {
  await openDocument('In turns: ');
  const typists = await crowd(5);
  await typists.type(40, { inTurns: true });
  expect(await typists.text()).not.toContain('🦋');
});
