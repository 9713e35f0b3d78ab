import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { sizes, stored, total, type } from '../../testing/compacted.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument, Writer } from '../../testing/runs.ts';
import { compactAll, openStore } from '../../testing/stores.ts';
import { databaseFile } from '../database/database-file.ts';
import type { SqliteStore } from '../sqlite-store.ts';

describe('what is cold', () => {
  let folder: string;
  let store: SqliteStore;
  let writer: Writer;
  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore({ folder });
    writer = new Writer('a');
    await createDocument(store, 'a');
  });

  it('while a document is in use: whole chunks, and never its newest changes', async () => {
    const rules = { keep: 500, idleAfter: 1000 };
    await type(store, writer, 2490);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([]);
    await type(store, writer, 10);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([2000]);
    await type(store, writer, 4000);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([2000, 2000, 2000]);
    expect(total(stored(folder))).toBe(6500);
  });

  it('once it is idle: all but the newest run, where that is worth a chunk', async () => {
    const rules = { keep: 5000, idleAfter: 1000 };
    await type(store, writer, 70);
    await store.compact(rules, writer.head.timestamp + 1000);
    expect(sizes(stored(folder).chunks)).toEqual([]);
    await type(store, writer, 10);
    await store.compact(rules, writer.head.timestamp + 1000);
    expect(stored(folder)).toEqual({ chunks: [{ version: 1, size: 70 }], runs: [{ version: 71, size: 10 }] });
  });

  it('goes into the last chunk while that has much room', async () => {
    for (const size of [90, 190, 290]) {
      await type(store, writer, 100);
      await compactAll(store);
      expect(sizes(stored(folder).chunks)).toEqual([size]);
    }
    await type(store, writer, 1000);
    await compactAll(store);
    await type(store, writer, 1000);
    await compactAll(store);
    expect(sizes(stored(folder).chunks)).toEqual([1290, 1000]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });

  it('is taken in small portions where it is long text, and a single run whole', async () => {
    for (let run = 0; run < 10; run += 1) await writer.type(store, [['x'.repeat(40_000)], ['y'.repeat(10)]]);
    await writer.type(
      store,
      Array.from({ length: 70 }, () => ['z'.repeat(4000)]),
    );
    await type(store, writer, 10);
    await compactAll(store);
    expect(sizes(stored(folder).chunks)).toEqual([6, 6, 6, 2, 70]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });
});

describe('space', () => {
  it('is given back: the file shrinks while the store is open', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    const writer = new Writer('a');
    await createDocument(store, 'a');
    for (let run = 0; run < 30; run += 1) {
      const runs = Array.from({ length: 1000 }, () => {
        const each = writer.run([[10_000 + writer.head.version, 'x']]);
        writer.committed(each);
        return store.append(each);
      });
      await Promise.all(runs);
    }
    const pages = (): number => {
      const database = new Database(databaseFile(folder), { readonly: true });
      const count = database.pragma('page_count', { simple: true }) as number;
      database.close();
      return count;
    };
    const before = pages();
    await compactAll(store);
    expect(pages()).toBeLessThan(before / 5);
    await store.close();
    expect(statSync(databaseFile(folder)).size / 30_000).toBeLessThan(9);
  });
});
