import { describe, expect, it } from 'vitest';
import { sendAbandonedOutboxes } from './abandoned-outboxes.ts';
import { MemoryDisk, MemoryOutbox } from './testing/memory-outbox.ts';
import { TestWorld } from './testing/participant.ts';
import { Tab } from './testing/tab.ts';

describe('an outbox', () => {
  it('keeps what was typed offline for 250 ms; the next tab shows it at once and sends it', async () => {
    const world = new TestWorld('Hello');
    const disk = new MemoryDisk();
    const first = new Tab(world, disk);
    await first.joined();
    expect(first.participant.session.keepsUnsent).toBe(true);
    first.link.isDead = true;
    first.participant.type(' there');
    world.clock.advance(250);
    await world.until(() => disk.kept.size === 1);
    first.crash();
    world.server.commit(['> '], 'ben');

    const second = new Tab(world, disk);
    await second.participant.session.whenReady();
    expect(second.participant.text).toBe('Hello there');
    expect(second.participant.session.title).toBe('Untitled');
    expect(second.participant.session.unsaved).toBe(1);
    await second.joined();
    await world.until(() => second.participant.status === 'saved');
    expect(world.server.text).toBe('> Hello there');
    expect(second.participant.text).toBe('> Hello there');
    expect(world.server.received.filter(({ type }) => type === 'join').at(-1)).toMatchObject({ version: 1 });
    world.clock.advance(2000);
    await world.until(() => disk.kept.size === 0);
  });

  it('with a record that cannot be read is left alone, and the document opens without it', async () => {
    const world = new TestWorld('Hello');
    const disk = new MemoryDisk();
    const first = new Tab(world, disk);
    await first.joined();
    first.link.isDead = true;
    first.participant.type(' there');
    world.clock.advance(250);
    await world.until(() => disk.kept.size === 1);
    first.crash();
    const [clientId, { record }] = [...disk.kept][0]!;
    disk.kept.set(clientId, { record, base: 'He' });

    const second = new Tab(world, disk);
    await second.joined();
    expect(second.participant.text).toBe('Hello');
    expect(second.participant.session.keepsUnsent).toBe(false);
    second.participant.type('!');
    await world.until(() => second.participant.status === 'saved');
    expect(world.server.text).toBe('Hello!');
    expect(disk.kept.get(clientId)?.record).toEqual(record);
    expect(disk.claimed.size).toBe(0);
  });

  it('is not written at all while every edit is saved quickly', async () => {
    const world = new TestWorld('Hello');
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    for (let key = 0; key < 20; key += 1) {
      tab.participant.type('x');
      world.pass(100);
    }
    await world.until(() => tab.participant.status === 'saved');
    expect(disk.recordsWritten).toBe(0);
  });

  it('writes the whole text once, however long the typing goes on', async () => {
    const world = new TestWorld('Hello '.repeat(10_000));
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    for (let key = 0; key < 20; key += 1) {
      tab.participant.type('x');
      if (key % 3 === 0) world.server.commit(['y'], 'ben');
      world.clock.advance(250);
      await world.untilOffline(() => disk.recordsWritten > key);
      tab.participant.type('z');
      await world.until(() => tab.participant.status === 'saved');
    }
    expect(disk.basesWritten).toBe(1);
    tab.participant.type('!');
    const written = disk.recordsWritten;
    world.clock.advance(250);
    await world.untilOffline(() => disk.recordsWritten > written);
    const expected = tab.participant.text;
    tab.crash();
    const next = new Tab(world, disk);
    await next.participant.session.whenReady();
    expect(next.participant.text).toBe(expected);
    await next.joined();
    await world.until(() => next.participant.status === 'saved');
    expect(world.server.text).toBe(expected);
  });

  it('sends nothing that the disk still has as unsent before that is recorded as in flight', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    tab.participant.type('a');
    tab.participant.type('b');
    world.clock.advance(250);
    await world.untilOffline(() => disk.kept.size === 1);
    disk.stall();
    world.server.settle();
    expect(world.server.text).toBe('a');
    expect(tab.participant.status).toBe('saving');
    disk.go();
    await world.until(() => world.server.text === 'ab');
    expect(tab.participant.status).toBe('saved');
  });

  it('that fails does not stop the session, which says so', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    const told: boolean[] = [];
    tab.participant.session.on('keepsUnsent', (keeps) => told.push(keeps));
    disk.isFull = true;
    tab.link.isDead = true;
    tab.participant.type('kept in memory');
    world.clock.advance(250);
    await world.until(() => told.length === 1);
    expect(tab.participant.session.keepsUnsent).toBe(false);
    tab.link.isDead = false;
    await world.until(() => tab.participant.status === 'saved');
    expect(world.server.text).toBe('kept in memory');
    disk.isFull = false;
    tab.link.isDead = true;
    tab.participant.type('!');
    world.clock.advance(5000);
    await world.until(() => told.length === 2);
    expect(told).toEqual([false, true]);
  });

  it('that does not answer is done without', async () => {
    const world = new TestWorld('Hello');
    const disk = new MemoryDisk();
    const outbox = new MemoryOutbox(disk);
    outbox.open = () => new Promise(() => {});
    const anna = world.participant('anna', { outbox });
    expect(world.server.links).toHaveLength(0);
    world.clock.advance(3000);
    await world.until(() => anna.status === 'live');
    expect(anna.session.keepsUnsent).toBe(false);
  });

  it('that stalls in the middle does not hold back an edit for ever', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    tab.participant.type('a');
    tab.participant.type('b');
    world.clock.advance(250);
    await world.untilOffline(() => disk.kept.size === 1);
    disk.stall();
    world.server.settle();
    for (let second = 0; second < 10; second += 1) {
      world.clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
      world.server.settle();
    }
    expect(world.server.text).toBe('ab');
  });

  it('is written when the session leaves with something unsent, and cleared when it leaves without', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    for (const isDead of [true, false]) {
      const tab = new Tab(world, disk);
      await tab.joined();
      await world.until(() => tab.participant.session.unsaved === 0);
      tab.link.isDead = isDead;
      tab.participant.type('x');
      if (!isDead) await world.until(() => tab.participant.status === 'saved');
      const leaving = tab.participant.session.leave();
      world.clock.advance(1000);
      world.server.settle();
      await leaving;
      expect(disk.kept.size).toBe(isDead ? 1 : 0);
      expect(disk.claimed.size).toBe(0);
    }
    expect(world.server.text).toBe('xx');
  });

  it('goes on with the session under another clientId', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const first = new Tab(world, disk, 'anna');
    await first.joined();
    first.participant.type('saved ');
    await world.until(() => first.participant.status === 'saved');
    first.link.isDead = true;
    first.participant.type('kept');
    world.clock.advance(250);
    await world.until(() => disk.kept.size === 1);
    const [slot, before] = [...disk.kept][0]!;
    first.crash();
    const second = new Tab(world, disk, 'ben');
    await second.participant.session.whenReady();
    world.server.refuseWith = 'unavailable';
    await world.until(() => second.link !== undefined);
    world.pass(1000);
    await world.until(() => second.participant.status === 'saving');
    world.clock.advance(250);
    await world.until(() => disk.kept.get(slot)?.record.clientId !== before.record.clientId);
    expect([...disk.kept.keys()]).toEqual([slot]);
    expect(disk.claimed.has(slot)).toBe(true);
    world.server.refuseWith = undefined;
    world.pass(30_000);
    await world.until(() => second.participant.status === 'saved');
    expect(world.server.text).toBe('saved kept');
  });
});

describe('two tabs', () => {
  it('never share a clientId, and bring back what two others left, each once', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const crashed = [new Tab(world, disk), new Tab(world, disk), new Tab(world, disk)];
    for (const [index, tab] of crashed.entries()) {
      await tab.joined();
      tab.participant.type(`tab ${index} `);
      // One of them was committed, and only its acknowledgement was lost.
      if (index === 1) tab.link.deliverUp();
      tab.link.isDead = true;
      world.clock.advance(250);
      await world.until(() => disk.kept.size === index + 1);
    }
    expect(disk.claimed.size).toBe(3);
    for (const tab of crashed) tab.crash();
    const next = new Tab(world, disk);
    await next.joined();
    const options = { transport: world.server.transport('anna'), clock: world.clock };
    const sending = sendAbandonedOutboxes({ options, openOutbox: (except) => new MemoryOutbox(disk, except) });
    let count: number | undefined;
    void sending.then((sent) => (count = sent));
    await world.until(() => count !== undefined);
    expect(count).toBe(2);
    expect([...world.server.text].sort()).toEqual([...'tab 0 tab 1 tab 2 '].sort());
    await world.until(() => next.participant.status === 'saved');
    world.clock.advance(2000);
    await world.until(() => disk.kept.size === 0);
  });

  it('leave on the disk what the server refuses', async () => {
    const world = new TestWorld('');
    const disk = new MemoryDisk();
    const tab = new Tab(world, disk);
    await tab.joined();
    tab.link.isDead = true;
    tab.participant.type('kept');
    world.clock.advance(250);
    await world.until(() => disk.kept.size === 1);
    tab.crash();
    world.server.refuseWith = 'forbidden';
    const options = { transport: world.server.transport('anna'), clock: world.clock };
    let count: number | undefined;
    const sending = sendAbandonedOutboxes({ options, openOutbox: (except) => new MemoryOutbox(disk, except) });
    void sending.then((sent) => (count = sent));
    await world.until(() => count !== undefined);
    expect(count).toBe(0);
    expect(disk.kept.size).toBe(1);
    expect(disk.claimed.size).toBe(0);
  });
});
