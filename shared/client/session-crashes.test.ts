import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../testing/random.ts';
import { insertedText } from '../text/edit.ts';
import { MemoryDisk } from './testing/memory-outbox.ts';
import { TestWorld } from './testing/participant.ts';
import { Tab } from './testing/tab.ts';

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const ALWAYS_ANNA = ['anna'];
/** Cookies deleted, a changed secret, a token in place of a cookie: to the server each time somebody else comes. */
const ANYBODY = ['guest_a', 'guest_b', 'guest_c', 'guest_d'];

describe('a tab that is killed at any moment', () => {
  it.each([
    ...SEEDS.map((seed) => ({ seed, users: ALWAYS_ANNA })),
    ...SEEDS.map((seed) => ({ seed: 1000 + seed, users: ANYBODY })),
  ])('sends everything it kept exactly once, as $users, seed $seed (G8)', async ({ seed, users }) => {
    const random = new SeededRandom(seed);
    const world = new TestWorld('', seed);
    const disk = new MemoryDisk();
    const ben = world.joined('ben');
    let user = users[0]!;
    const whoComes = (): string => user;
    let tab = new Tab(world, disk, whoComes);
    let next = 0x4e00;
    const promised = new Set<string>();
    for (let step = 0; step < 150; step += 1) {
      const what = random.below(100);
      if (what < 35) {
        const letter = String.fromCodePoint((next += 1));
        tab.participant.type(letter, random.below(tab.participant.session.text.length + 1));
      } else if (what < 40) ben.session.insert(random.below(ben.session.text.length + 1), 'b');
      else if (what < 45) tab.link?.cut();
      else if (what === 99 && random.chance(20)) world.server.longestTail = random.pick([0, 1000]);
      else if (what < 48) {
        // Often with something on the disk that the server has, and of which the tab was not told.
        if (random.chance(60)) {
          for (let frames = 0; frames < 3; frames += 1) tab.link?.deliverUp();
          world.clock.advance(250);
          await new Promise((resolve) => setImmediate(resolve));
        }
        tab.crash({ underway: random.chance(50) });
        if (random.chance(60)) user = random.pick(users);
        for (const letter of [...lettersOn(disk), ...world.server.text]) promised.add(letter);
        tab = new Tab(world, disk, whoComes);
      } else if (what < 50) disk.stall();
      else if (what < 53) disk.go();
      else if (what < 55) user = random.pick(users);
      else if (what < 60) world.clock.advance(random.below(300));
      else if (what < 70) await new Promise((resolve) => setImmediate(resolve));
      else {
        const link = random.pick(world.server.links);
        if (random.chance(50)) link.deliverUp();
        else link.deliverDown();
      }
    }
    disk.go();
    await world.until(() => tab.link !== undefined);
    for (let second = 0; second < 40; second += 1) {
      world.pass(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(['live', 'saved']).toContain(tab.participant.status);
    expect(ben.session.unsaved).toBe(0);
    const text = world.server.text;
    const letters = [...text].filter((letter) => letter !== 'b');
    expect(new Set(letters).size, `seed ${seed}: nothing twice`).toBe(letters.length);
    expect(tab.participant.text).toBe(text);
    expect(ben.text).toBe(text);
    const seqs = world.server.changes.map(({ clientId, seq }) => `${clientId} ${seq}`);
    expect(new Set(seqs).size).toBe(seqs.length);
    // What the disk or the server had at a crash, and what the last tab typed.
    for (const letter of [...promised, ...tab.participant.text]) expect(text).toContain(letter);
  });
});

function lettersOn(disk: MemoryDisk): string[] {
  return [...disk.kept.values()].flatMap(({ record }) =>
    [record.inFlight?.edit ?? [], record.buffer].flatMap((edit) => [...insertedText(edit)]),
  );
}
