import { expect, it } from 'vitest';
import { TestWorld } from './testing/participant.ts';

it('N2 brings a share link with every join', async () => {
  const world = new TestWorld('');
  const link = { secret: 'a'.repeat(34), password: 'open sesame' };
  const anna = world.participant('anna', { link });
  await world.until(() => anna.status === 'live');
  world.server.newestLink.cut();
  world.pass(1000);
  await world.until(() => anna.status === 'live');
  const joins = world.server.received.filter(({ type }) => type === 'join');
  expect(joins).toMatchObject([{ link }, { link }]);
});
