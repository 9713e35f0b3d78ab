import Database from 'better-sqlite3';
import { rmSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { describeDocumentStore } from '../document-store-contract.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { createDocument, Writer } from '../testing/runs.ts';
import { compactAll, openStore } from '../testing/stores.ts';
import { CommitFault } from './database/commit-fault.ts';
import { databaseFile } from './database/database-file.ts';
import { openAgain } from './database/open-database.ts';
import { MIGRATIONS } from './database/migrate.ts';
import { SqliteStore } from './sqlite-store.ts';
import { StoreThread } from './thread/store-thread.ts';

describeDocumentStore('SqliteStore', async () => {
  const folder = temporaryFolder();
  return {
    open: () => SqliteStore.open({ folder }),
    compact: (store) => compactAll(store),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe('durability', () => {
  it('syncs the write-ahead log at every commit', () => {
    const folder = temporaryFolder();
    new Database(databaseFile(folder)).close();
    const database = openAgain({ folder, migrations: MIGRATIONS });
    onTestFinished(() => void database.close());
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('lets other programs read what was acknowledged while the store is open', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    await createDocument(store, 'a');
    await new Writer('a').type(store, [['seen']]);
    const reader = new Database(databaseFile(folder), { readonly: true });
    onTestFinished(() => void reader.close());
    expect(reader.prepare('SELECT data FROM run').pluck().all()).toEqual(['[1,0,["seen"]]']);
  });

  it('leaves one file and no write-ahead log behind when it closes', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    await createDocument(store, 'a');
    await store.close();
    expect(statSync(databaseFile(folder)).size).toBeGreaterThan(0);
    expect(statSync(`${databaseFile(folder)}-wal`, { throwIfNoEntry: false })).toBeUndefined();
  });
});

it('closes the database, whatever becomes of the connection for long reads', async () => {
  const folder = temporaryFolder();
  const store = await openStore({ folder });
  await createDocument(store, 'a');
  // Of the two connections only that one is closed by this method.
  const failing = vi.spyOn(StoreThread.prototype, 'close').mockRejectedValueOnce(new Error('It ended'));
  onTestFinished(() => failing.mockRestore());
  await store.close();
  expect(failing).toHaveBeenCalledOnce();
  expect(statSync(`${databaseFile(folder)}-wal`, { throwIfNoEntry: false })).toBeUndefined();
});

describe('group commit', () => {
  it('takes all documents that wait for a commit into the next one (FS8)', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    const writers = Array.from({ length: 100 }, (_, index) => new Writer(`document-${index}`));
    for (const index of writers.keys()) await createDocument(store, `document-${index}`);
    const before = fault.commits;
    fault.hold();
    const first = store.append(writers[0]!.run([['x']]));
    await vi.waitFor(() => expect(fault.commits).toBe(before + 1), 10_000);
    const others = writers.slice(1).map((writer) => store.append(writer.run([['x']])));
    fault.release();
    expect(await Promise.all([first, ...others])).toEqual(writers.map(() => true));
    expect(fault.commits).toBe(before + 2);
  });

  it('commits once for what is asked for in one turn', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    const writers = Array.from({ length: 10 }, (_, index) => new Writer(`document-${index}`));
    for (const index of writers.keys()) await createDocument(store, `document-${index}`);
    const before = fault.commits;
    await Promise.all(writers.map((writer) => writer.type(store, [['x']])));
    expect(fault.commits).toBe(before + 1);
  });

  it('commits runs of one document that were asked for in order', async () => {
    const store = await openStore();
    await createDocument(store, 'a');
    const writer = new Writer('a');
    const answers = Array.from({ length: 500 }, (_, index) => {
      const run = writer.run([index === 0 ? ['x'] : [index, 'x']]);
      writer.committed(run);
      return store.append(run);
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
    expect(await store.changesAfter('a', 0, 1000)).toEqual(writer.changes);
  });
});

describe('space', () => {
  it('spends at most 42 bytes on a keystroke of its own', async () => {
    const folder = temporaryFolder();
    const first = await openStore({ folder });
    await createDocument(first, 'a');
    await first.close();
    const empty = statSync(databaseFile(folder)).size;
    const store = await openStore({ folder });
    const writer = new Writer('a');
    const count = 20_000;
    let answers: Promise<boolean>[] = [];
    for (let version = 0; version < count; version += 1) {
      const run = writer.run([[100_000, 'x']]);
      writer.committed(run);
      answers.push(store.append(run));
      if (answers.length === 1000) {
        await Promise.all(answers);
        answers = [];
      }
    }
    await store.close();
    expect((statSync(databaseFile(folder)).size - empty) / count).toBeLessThan(42);
  });

  it('keeps the two newest snapshots, and of older ones one per 16,384 versions', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    await createDocument(store, 'a');
    const writer = new Writer('a');
    for (let page = 0; page < 40; page += 1) {
      await writer.type(
        store,
        Array.from({ length: 1000 }, () => ['x']),
      );
      await store.saveSnapshot('a', { ...writer.head, text: 'x'.repeat(writer.head.version) });
    }
    await store.close();
    const database = new Database(databaseFile(folder), { readonly: true });
    const versions = database.prepare('SELECT version FROM snapshot ORDER BY version').pluck().all();
    database.close();
    expect(versions).toEqual([1000, 17_000, 33_000, 39_000, 40_000]);
  });
});
