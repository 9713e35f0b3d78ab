import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { IndexedDbOutbox, NothingLeftError, type IndexedDbOutboxOptions } from './indexeddb-outbox.ts';
import type { BackupStorage } from './unload-backup.ts';
import type { OutboxRecord } from './outbox.ts';
import type { TabLocks } from './tab-lock.ts';

/** The browser's `localStorage`. */
class MemoryStorage implements BackupStorage {
  readonly items = new Map<string, string>();
  /** It takes no more than so many characters. */
  room = Infinity;

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException('Full', 'QuotaExceededError');
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** Every tab but the one that asks is gone. */
const locks: TabLocks = { claim: async () => () => {} };
const documentId = 'document';
let storage: MemoryStorage;

beforeEach(() => {
  (globalThis as { indexedDB?: unknown }).indexedDB = new IDBFactory();
  storage = new MemoryStorage();
});

function outboxOf(options: Partial<IndexedDbOutboxOptions> = {}): IndexedDbOutbox {
  return new IndexedDbOutbox({ documentId, locks, backupStorage: storage, ...options });
}

function recordOf(clientId: string, typed: string, writes: number, userId = 'guest_anna'): OutboxRecord {
  const rest = { version: 1, timestamp: 5, drift: [], seq: 0, inFlight: undefined, unsaved: 1, title: 'Notes' };
  return { ...rest, clientId, userId, writes, buffer: [5, typed] };
}

describe('a note of a tab that is left', () => {
  it('is what the next tab gets, and what that writes stands on its base text', async () => {
    const { clientId } = await leave('!', 1);
    expect(storage.length).toBe(1);
    const next = outboxOf();
    expect(await next.open()).toEqual({
      slot: clientId,
      clientId,
      kept: { record: recordOf(clientId, '!', 1), base: 'Hello' },
    });
    expect(storage.length).toBe(0);
    await next.save(recordOf(clientId, '!?', 2));
    expect((await outboxOf().open()).kept).toEqual({ record: recordOf(clientId, '!?', 2), base: 'Hello' });
  });

  it('gives way to a record that was written later, and takes the place of one written before', async () => {
    const { clientId, outbox } = await leave('second', 2);
    await outboxOf({ backupStorage: undefined }).open();
    await saveElsewhere(clientId, 'third', 3);
    expect((await outboxOf().open()).kept?.record.buffer).toEqual([5, 'third']);
    outbox.note({ record: recordOf(clientId, 'fourth', 4), base: 'Hello' });
    expect((await outboxOf().open()).kept?.record.buffer).toEqual([5, 'fourth']);
  });

  it('goes with the write that follows it, not with one that was under way', async () => {
    const outbox = outboxOf();
    const { clientId } = await outbox.open();
    const underWay = outbox.save(recordOf(clientId, 'a', 1), 'Hello');
    outbox.note({ record: recordOf(clientId, 'ab', 2), base: 'Hello' });
    await underWay;
    expect(storage.length).toBe(1);
    await outbox.save(recordOf(clientId, 'ab', 3));
    expect(storage.length).toBe(0);
    outbox.note({ record: recordOf(clientId, 'abc', 4), base: 'Hello' });
    await outbox.clear();
    expect(storage.length).toBe(0);
    expect((await outboxOf().open()).kept).toBeUndefined();
  });

  it('that has no room, or cannot be read, hurts nothing', async () => {
    storage.room = 10;
    const { clientId } = await leave('!', 1);
    expect(storage.length).toBe(0);
    storage.items.set(`weft:unsent:${documentId}:${clientId}`, '{"record":');
    storage.items.set('another', 'of the page');
    expect((await outboxOf().open()).kept).toBeUndefined();
    expect([...storage.items.keys()]).toEqual(['another']);
  });

  /** A tab that was left before its database wrote anything. */
  async function leave(typed: string, writes: number): Promise<{ clientId: string; outbox: IndexedDbOutbox }> {
    const outbox = outboxOf();
    const { clientId } = await outbox.open();
    outbox.note({ record: recordOf(clientId, typed, writes), base: 'Hello' });
    return { clientId, outbox };
  }

  async function saveElsewhere(clientId: string, typed: string, writes: number): Promise<void> {
    const memory = { getItem: () => clientId, setItem: () => {} };
    const outbox = outboxOf({ backupStorage: undefined, memory });
    await outbox.open();
    await outbox.save(recordOf(clientId, typed, writes), 'Hello');
  }
});

describe('unsent edits of a user with an account', () => {
  it('are given to nobody else, and to that user once it is known who asks', async () => {
    const outbox = outboxOf();
    const { clientId } = await outbox.open();
    await outbox.save(recordOf(clientId, 'Mina’s', 1, 'mina'), 'Hello');
    const memory = { getItem: () => clientId, setItem: () => {} };
    for (const options of [{}, { memory }, { userId: 'joon' }, { userId: 'guest_joon' }]) {
      const claim = await outboxOf(options).open();
      expect(claim.kept).toBeUndefined();
      expect(claim.clientId).not.toBe(clientId);
    }
    await expect(outboxOf({ onlyAbandoned: true, userId: 'joon' }).open()).rejects.toThrow(NothingLeftError);
    const own = await outboxOf({ onlyAbandoned: true, userId: 'mina' }).open();
    expect(own).toMatchObject({ clientId, kept: { record: { buffer: [5, 'Mina’s'] } } });
  });

  it('of a guest go to whoever comes next: guests have no account', async () => {
    const outbox = outboxOf();
    const { clientId } = await outbox.open();
    await outbox.save(recordOf(clientId, '!', 1, 'guest_anna'), 'Hello');
    expect((await outboxOf().open()).clientId).toBe(clientId);
  });
});
