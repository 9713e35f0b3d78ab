import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IndexedDbOutbox, NothingLeftError, type TabMemory } from './indexeddb-outbox.ts';
import type { OutboxRecord } from './outbox.ts';
import { webTabLocks, type LockManagerLike, type TabLocks } from './tab-lock.ts';
import { TestWorld } from '../testing/participant.ts';

/** Web Locks of one browser; a tab's locks end with it. */
class FakeBrowser {
  readonly #held = new Set<string>();

  tab(): { locks: TabLocks; close: () => void } {
    const own = new Set<() => void>();
    const manager: LockManagerLike = {
      request: async (name, _options, callback) => {
        if (this.#held.has(name)) return callback(null);
        this.#held.add(name);
        const end = (): void => {
          this.#held.delete(name);
        };
        own.add(end);
        await callback({});
        end();
      },
    };
    return { locks: webTabLocks(manager)!, close: () => own.forEach((end) => end()) };
  }
}

class Memory implements TabMemory {
  readonly #items: Map<string, string>;

  constructor(items = new Map<string, string>()) {
    this.#items = items;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  /** What "duplicate tab" does. */
  clone(): Memory {
    return new Memory(new Map(this.#items));
  }
}

function recordOf(clientId: string, buffer: (number | string)[] = [5, '!']): OutboxRecord {
  const rest = {
    writes: 1,
    version: 1,
    timestamp: 5,
    drift: [],
    seq: 0,
    inFlight: undefined,
    unsaved: 1,
    title: 'Notes',
  };
  return { ...rest, clientId, buffer };
}

const browserScope = globalThis as { indexedDB?: unknown };
const documentId = 'document';
let browser: FakeBrowser;

beforeEach(() => {
  browserScope.indexedDB = new IDBFactory();
  browser = new FakeBrowser();
});

describe('the IndexedDB outbox', () => {
  it('keeps what is unsent also where the tab cannot remember its clientId', async () => {
    const memory = new Memory();
    memory.setItem = () => {
      throw new DOMException('No room', 'QuotaExceededError');
    };
    const tab = browser.tab();
    const outbox = new IndexedDbOutbox({ documentId, locks: tab.locks, memory });
    const { clientId } = await outbox.open();
    await outbox.save(recordOf(clientId), 'Hello');
    tab.close();
    const next = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory }).open();
    expect(next).toMatchObject({ clientId, kept: { base: 'Hello' } });
  });

  it('holds no claim where it cannot be opened', async () => {
    const outbox = new IndexedDbOutbox({ documentId, locks: browser.tab().locks });
    const { clientId } = await outbox.open();
    await outbox.save(recordOf(clientId), 'Hello');
    await outbox.close();
    const memory = new Memory();
    const broken = new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory });
    const read = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('The disk is damaged', 'UnknownError');
    });
    await expect(broken.open()).rejects.toThrow('damaged');
    read.mockRestore();
    const next = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks }).open();
    expect(next).toMatchObject({ clientId, kept: { base: 'Hello' } });
  });

  it('gives a fresh clientId where nothing is left, and brings back what was saved', async () => {
    const first = browser.tab();
    const outbox = new IndexedDbOutbox({ documentId, locks: first.locks });
    const { clientId, kept } = await outbox.open();
    expect(clientId).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(kept).toBeUndefined();
    await outbox.save(recordOf(clientId), 'Hello');
    await outbox.save(recordOf(clientId, [5, '!?']));
    first.close();
    const second = new IndexedDbOutbox({ documentId, locks: browser.tab().locks });
    expect(await second.open()).toEqual({
      slot: clientId,
      clientId,
      kept: { record: recordOf(clientId, [5, '!?']), base: 'Hello' },
    });
    await second.clear();
    await second.close();
    const third = new IndexedDbOutbox({ documentId, locks: browser.tab().locks });
    expect((await third.open()).kept).toBeUndefined();
  });

  it('never gives a clientId to two tabs, also not to a duplicated one', async () => {
    const memory = new Memory();
    const first = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory }).open();
    const copy = memory.clone();
    const second = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory: copy }).open();
    expect(second.clientId).not.toBe(first.clientId);
    expect(copy.getItem('weft:client:document')).toBe(second.clientId);
  });

  it('gives a reloaded tab its clientId back, and a crashed tab’s to the next one', async () => {
    const memory = new Memory();
    const first = browser.tab();
    const before = await new IndexedDbOutbox({ documentId, locks: first.locks, memory }).open();
    first.close();
    const reloaded = browser.tab();
    const outbox = new IndexedDbOutbox({ documentId, locks: reloaded.locks, memory });
    const after = await outbox.open();
    expect(after.clientId).toBe(before.clientId);
    await outbox.save(recordOf(after.clientId), 'Hello');
    const other = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory: new Memory() }).open();
    expect(other.kept).toBeUndefined();
    reloaded.close();
    const next = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory: new Memory() }).open();
    expect(next.clientId).toBe(after.clientId);
  });

  it('hands over orphans one by one, and only those of the document', async () => {
    const ids: string[] = [];
    for (const id of [documentId, documentId, 'document2']) {
      const tab = browser.tab();
      const outbox = new IndexedDbOutbox({ documentId: id, locks: tab.locks });
      const except = new Set(ids);
      const { clientId } = await new IndexedDbOutbox({ documentId: id, locks: tab.locks, except }).open();
      await outbox.close();
      tab.close();
      const again = browser.tab();
      const claimed = new IndexedDbOutbox({
        documentId: id,
        locks: again.locks,
        except,
        memory: memoryOf(id, clientId),
      });
      await claimed.open();
      await claimed.save(recordOf(clientId), 'Hello');
      again.close();
      ids.push(clientId);
    }
    const locks = browser.tab().locks;
    const drained = new Set<string>();
    for (let index = 0; index < 2; index += 1) {
      const claim = await new IndexedDbOutbox({ documentId, locks, onlyAbandoned: true, except: drained }).open();
      drained.add(claim.clientId);
    }
    expect([...drained].sort()).toEqual(ids.slice(0, 2).sort());
    const last = new IndexedDbOutbox({ documentId, locks, onlyAbandoned: true, except: drained });
    await expect(last.open()).rejects.toThrow(NothingLeftError);
  });

  it('gives a tab whose client goes on under another clientId that one back, also where nothing is unsent', async () => {
    const memory = new Memory();
    const tab = browser.tab();
    const outbox = new IndexedDbOutbox({ documentId, locks: tab.locks, memory });
    const { slot } = await outbox.open();
    const fresh = 'f'.repeat(22);
    outbox.rename(fresh);
    const copy = new IndexedDbOutbox({ documentId, locks: browser.tab().locks, memory: memory.clone() });
    expect((await copy.open()).clientId).not.toBe(fresh);
    tab.close();
    const reloaded = browser.tab();
    const next = new IndexedDbOutbox({ documentId, locks: reloaded.locks, memory });
    expect(await next.open()).toEqual({ slot, clientId: fresh, kept: undefined });
    await next.save(recordOf(fresh), 'Hello');
    reloaded.close();
    const last = await new IndexedDbOutbox({ documentId, locks: browser.tab().locks }).open();
    expect(last).toEqual({ slot, clientId: fresh, kept: { record: recordOf(fresh), base: 'Hello' } });
  });

  it('rejects where the database fails', async () => {
    browserScope.indexedDB = {
      open: () => {
        throw new DOMException('Blocked', 'SecurityError');
      },
    };
    await expect(new IndexedDbOutbox({ documentId, locks: browser.tab().locks }).open()).rejects.toThrow('Blocked');
  });

  it('carries a session over the end of its tab', async () => {
    const world = new TestWorld('Hello');
    const first = browser.tab();
    const one = world.participant('guest_anna', { outbox: new IndexedDbOutbox({ documentId, locks: first.locks }) });
    await world.until(() => one.status === 'live');
    world.server.newestLink.isDead = true;
    one.type(' there');
    const leaving = one.session.leave();
    world.clock.advance(1000);
    await leaving;
    first.close();
    const outbox = new IndexedDbOutbox({ documentId, locks: browser.tab().locks });
    const two = world.participant('guest_anna', { outbox });
    await two.session.whenReady();
    expect(two.text).toBe('Hello there');
    await world.until(() => two.status === 'saved');
    expect(world.server.text).toBe('Hello there');
    world.clock.advance(2000);
    await world.until(() => two.status === 'saved');
  });
});

function memoryOf(id: string, clientId: string): Memory {
  return new Memory(new Map([[`weft:client:${id}`, clientId]]));
}
