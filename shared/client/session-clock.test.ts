import { expect, it } from 'vitest';
import { SeededRandom } from '../testing/random.ts';
import { MemoryDisk } from './testing/memory-outbox.ts';
import { TestWorld } from './testing/participant.ts';
import { Tab } from './testing/tab.ts';

const DAY = 86_400_000;

it.each([-40 * DAY, 40 * DAY, -10_000 * DAY])(
  'asks nothing of the machine’s time, which may be set at any moment, by %i ms',
  async (by) => {
    const told = await Promise.all([toldOf(0), toldOf(by)]);
    expect(told[1]).toEqual(told[0]);
  },
);

/** What an hour with an edit, a caret, a lost connection and an undo leads to, where the machine's time is set all along. */
async function toldOf(by: number): Promise<unknown> {
  const world = new TestWorld('', 7);
  const random = new SeededRandom(7);
  const disk = new MemoryDisk();
  const tab = new Tab(world, disk);
  await tab.joined();
  const { session } = tab.participant;
  const pending: number[] = [];
  for (let step = 0; step < 60; step += 1) {
    world.clock.setBy(step % 2 === 0 ? by : -by);
    const what = random.below(4);
    if (what === 0) tab.participant.type('x');
    else if (what === 1) session.setSelection([{ anchor: 0, head: random.below(session.text.length + 1) }]);
    else if (what === 2 && step % 5 === 0) tab.link.cut();
    world.pass(random.below(2) * 60_000 + random.below(400));
    await new Promise((resolve) => setImmediate(resolve));
    pending.push(world.clock.pending);
  }
  tab.participant.type('a');
  world.clock.setBy(by);
  tab.participant.type('b');
  world.pass(60_000);
  await world.until(() => tab.participant.status === 'saved');
  session.undo();
  const { statuses, text } = tab.participant;
  return { statuses, text, pending, received: world.server.received.map(({ type }) => type) };
}
