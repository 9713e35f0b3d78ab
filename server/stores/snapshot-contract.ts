import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument, textOf, TIME, Writer, type Store, type StoreUnderTest } from './testing/runs.ts';

/** What every store must do with snapshots, from which a document is loaded. Part of the contract of a store. */
export function describeSnapshots(current: () => StoreUnderTest): void {
  describe('snapshots', () => {
    let store: Store;
    beforeEach(() => {
      ({ store } = current());
    });

    it('start what is loaded, the newest at or before the version that is asked for', async () => {
      await createDocument(store, 'a');
      const writer = new Writer('a');
      const letters = [...'abcdefghij'];
      for (const [index, letter] of letters.entries()) await writer.type(store, [[index, letter]].map(canonical));
      for (const version of [4, 8]) {
        const { timestamp } = writer.changes[version - 1]!;
        await store.saveSnapshot('a', { version, timestamp, text: letters.slice(0, version).join('') });
      }
      store = await current().restart();
      for (let version = 0; version <= letters.length; version += 1) {
        const loaded = (await store.load('a', version))!;
        expect(loaded.snapshot.version).toBe(version >= 8 ? 8 : version >= 4 ? 4 : 0);
        expect(loaded.changes).toEqual(writer.changes.slice(loaded.snapshot.version, version));
        expect(textOf(loaded)).toBe(letters.slice(0, version).join(''));
        const timestamp = version === 0 ? 0 : writer.changes[version - 1]!.timestamp;
        expect(await store.textAt('a', version)).toEqual({ version, timestamp, text: textOf(loaded) });
      }
      expect(await store.load('a', letters.length + 1)).toBeUndefined();
      for (const version of [-1, letters.length + 1]) expect(await store.textAt('a', version)).toBeUndefined();
      expect(await store.textAt('nowhere', 0)).toBeUndefined();
      expect(textOf((await store.load('a'))!)).toBe('abcdefghij');
    });

    it('may lie inside a run', async () => {
      await createDocument(store, 'a');
      const writer = new Writer('a');
      await writer.type(store, [['a'], [1, 'b'], [2, 'c']]);
      await store.saveSnapshot('a', { version: 2, timestamp: writer.head.timestamp, text: 'ab' });
      const loaded = (await store.load('a'))!;
      expect(loaded).toEqual({
        snapshot: { version: 2, timestamp: writer.head.timestamp, text: 'ab' },
        changes: writer.changes.slice(2),
      });
    });

    it('are refused for a version that the log does not have', async () => {
      await createDocument(store, 'a');
      const writer = new Writer('a');
      await writer.type(store, [['a']]);
      await expect(store.saveSnapshot('a', { version: 2, timestamp: TIME, text: 'b' })).rejects.toThrow();
      await expect(store.saveSnapshot('a', { version: 1, timestamp: 1, text: 'b' })).rejects.toThrow();
      await expect(store.saveSnapshot('nowhere', { version: 1, timestamp: 1, text: '' })).rejects.toThrow();
      expect(textOf((await store.load('a'))!)).toBe('a');
    });
  });
}

/** An edit without the retain of nothing. */
function canonical(edit: readonly (number | string)[]): readonly (number | string)[] {
  return edit.filter((part) => part !== 0);
}
