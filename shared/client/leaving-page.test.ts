import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { IndexedDbOutbox } from './outbox/indexeddb-outbox.ts';
import type { OutboxRecord } from './outbox/outbox.ts';
import type { TabLocks } from './outbox/tab-lock.ts';
import { ManualLifecycle, TestWorld, type Participant } from './testing/participant.ts';

const documentId = 'document';
const held = new Set<string>();
const locks: TabLocks = {
  claim: async (name) => {
    if (held.has(name)) return undefined;
    held.add(name);
    return () => void held.delete(name);
  },
};
/** The browser's `localStorage`, which takes values up to so many UTF-16 units. */
let room = Infinity;
const items = new Map<string, string>();
const backupStorage = {
  get length() {
    return items.size;
  },
  key: (index: number) => [...items.keys()][index] ?? null,
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => {
    if (value.length > room) throw new DOMException('Full', 'QuotaExceededError');
    items.set(key, value);
  },
  removeItem: (key: string) => void items.delete(key),
};

beforeEach(() => {
  (globalThis as { indexedDB?: unknown }).indexedDB = new IDBFactory();
  held.clear();
  items.clear();
  room = Infinity;
});

/** What the tab remembers, where it is one tab that is loaded again. */
function tabMemory(): { getItem(key: string): string | null; setItem(key: string, value: string): void } {
  const known = new Map<string, string>();
  return { getItem: (key) => known.get(key) ?? null, setItem: (key, value) => void known.set(key, value) };
}

class Page extends ManualLifecycle {
  readonly #leaves = new Set<() => void>();

  onLeave(callback: () => void): () => void {
    this.#leaves.add(callback);
    return () => this.#leaves.delete(callback);
  }

  leave(): void {
    for (const callback of this.#leaves) callback();
  }
}

async function storedBuffer(): Promise<unknown[]> {
  const database = await openDB('weft', 1);
  const records = (await database.getAll('records')) as OutboxRecord[];
  database.close();
  return records.map(({ buffer }) => buffer);
}

describe('a page that is left with unsent edits', () => {
  it('leaves no write under way and no claim; the next one goes on from its note (FO20)', async () => {
    const memory = tabMemory();
    const outbox = new IndexedDbOutbox({ documentId, locks, memory, backupStorage });
    const { clientId } = await outbox.open();
    const rest = { writes: 1, version: 1, timestamp: 5, drift: [], seq: 0, inFlight: undefined, unsaved: 1, title: '' };
    const underWay = outbox.save({ ...rest, clientId, buffer: [5, 'a'] }, 'Hello');
    const noted = { ...rest, clientId, writes: 2, buffer: [5, 'ab'] };
    expect(outbox.note({ record: noted, base: 'Hello' })).toBe(true);
    outbox.letGo();
    expect(held.size).toBe(0);
    await expect(underWay).rejects.toThrow();
    expect(await storedBuffer()).toEqual([]);
    await expect(outbox.save(noted)).rejects.toThrow('not open');
    const next = new IndexedDbOutbox({ documentId, locks, memory, backupStorage });
    expect(await next.open()).toEqual({ slot: clientId, clientId, kept: { record: noted, base: 'Hello' } });
  });

  it('while its outbox is being opened holds nothing afterwards', async () => {
    const outbox = new IndexedDbOutbox({ documentId, locks, backupStorage });
    const opening = outbox.open();
    outbox.letGo();
    await expect(opening).rejects.toThrow('let go');
    expect(held.size).toBe(0);
  });

  it('ends its session; shown again, a new one goes on with the words, which arrive once (FO20)', async () => {
    const { world, page, one, memory } = await typed();
    page.leave();
    expect(one.status).toBe('left');
    expect(held.size).toBe(0);
    const again = open(world, new Page(), memory);
    await again.session.whenReady();
    expect(again.text).toBe('Hello there');
    await world.until(() => again.status === 'saved');
    expect(world.server.text).toBe('Hello there');
  });

  it('and shown again after another tab has sent them, does not send them again (FO20)', async () => {
    const { world, page, one, memory } = await typed();
    page.leave();
    const other = open(world, new Page(), tabMemory());
    await world.until(() => other.status === 'saved');
    const again = open(world, new Page(), memory);
    await world.until(() => again.status === 'live');
    expect([world.server.text, again.text]).toEqual(['Hello there', 'Hello there']);
    expect(one.status).toBe('left');
  });

  it('notes them without the text that is on the disk, where only that fits', async () => {
    const { world, page, memory } = await typed('x'.repeat(2_000));
    room = 1_000;
    page.leave();
    expect(items.size).toBe(1);
    const again = open(world, new Page(), memory);
    await world.until(() => again.status === 'saved');
    expect(world.server.text).toBe(`${'x'.repeat(2_000)} there`);
  });

  it('writes them late where no note fits: that is better than lost', async () => {
    const { world, page, one } = await typed();
    room = 0;
    page.leave();
    const leaving = one.session.leave();
    world.clock.advance(1_000);
    await leaving;
    expect(items.size).toBe(0);
    expect(held.size).toBe(0);
    const again = open(world, new Page(), tabMemory());
    await world.until(() => again.status === 'saved');
    expect(world.server.text).toBe('Hello there');
  });

  function open(world: TestWorld, pageLifecycle: Page, memory: ReturnType<typeof tabMemory>): Participant {
    const outbox = new IndexedDbOutbox({ documentId, locks, memory, backupStorage });
    return world.participant('guest_anna', { outbox, pageLifecycle });
  }

  /** Somebody who typed without a connection; half of it is on the disk. */
  async function typed(text = 'Hello') {
    const world = new TestWorld(text);
    const [page, memory] = [new Page(), tabMemory()];
    const one = open(world, page, memory);
    await world.until(() => one.status === 'live');
    world.server.newestLink.isDead = true;
    one.type(' the');
    await world.untilOffline(() => one.session.keepsUnsent);
    world.clock.advance(250);
    for (let turn = 0; turn < 100 && (await storedBuffer()).length === 0; turn += 1);
    one.type('re');
    return { world, page, one, memory };
  }
});
