import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument, START, Writer } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';
import { CommitFault } from './commit-fault.ts';
import { databaseFile } from './database-file.ts';

const SYNC_FAILED = { code: 'SQLITE_IOERR_FSYNC' };

describe('a commit that fails', () => {
  it('rejects all appends that were in it, and leaves nothing where it never reached the disk', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    const writers = ['a', 'b', 'c'].map((id) => new Writer(id));
    for (const id of ['a', 'b', 'c']) await createDocument(store, id);
    fault.failNext('lost');
    const answers = await Promise.allSettled(writers.map((writer) => store.append(writer.run([['x']]))));
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: SYNC_FAILED });
    for (const id of ['a', 'b', 'c']) expect(await store.head(id)).toEqual(START);
    expect(await store.client('a', 'client-of-user-anna')).toBeUndefined();
    for (const writer of writers) await writer.type(store, [['x']]);
  });

  it('may have reached the disk all the same: the change is in the log, with its client, and is not taken twice (FS4)', async () => {
    const folder = temporaryFolder();
    const fault = new CommitFault();
    const store = await openStore({ folder, fault });
    await createDocument(store, 'a');
    const writer = new Writer('a');
    await writer.type(store, [['one']]);
    const run = writer.run([[3, ' two']]);
    fault.failNext('durable');
    await expect(store.append(run)).rejects.toMatchObject(SYNC_FAILED);
    expect(await store.changesAfter('a', 1, 10)).toEqual(run.changes);
    expect(await store.client('a', 'client-of-user-anna')).toEqual({ userId: 'user-anna', seq: 2, version: 2 });
    expect(await store.append(run)).toBe(false);
    writer.committed(run);
    await writer.type(store, [['!']]);
    const reader = new Database(databaseFile(folder), { readonly: true });
    expect(reader.prepare('SELECT version FROM run').pluck().all()).toEqual([1, 2, 3]);
    reader.close();
  });

  it('does not touch what waits for the commit after it', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    await createDocument(store, 'a');
    await createDocument(store, 'b');
    const before = fault.commits;
    fault.hold();
    fault.failNext('lost');
    const bad = store.append(new Writer('a').run([['x']]));
    await vi.waitFor(() => expect(fault.commits).toBe(before + 1), 10_000);
    const good = store.append(new Writer('b').run([['x']]));
    fault.release();
    await expect(bad).rejects.toMatchObject(SYNC_FAILED);
    expect(await good).toBe(true);
    expect(await store.head('a')).toEqual(START);
    expect(await store.head('b')).toMatchObject({ version: 1 });
  });

  it('fails as long as the disk does, while reading goes on, and heals with it', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    await createDocument(store, 'a');
    const writer = new Writer('a');
    await writer.type(store, [['safe']]);
    fault.fail('lost');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(store.append(writer.run([['x']]))).rejects.toMatchObject(SYNC_FAILED);
      await expect(store.check()).rejects.toMatchObject(SYNC_FAILED);
      await expect(store.createDocument(NEW, { id: 'user', name: 'n', color: 'c' })).rejects.toMatchObject(SYNC_FAILED);
      await expect(store.saveSnapshot('a', { ...writer.head, text: 'safe' })).rejects.toMatchObject(SYNC_FAILED);
      expect(await store.changesAfter('a', 0, 10)).toEqual(writer.changes);
      expect(await store.findDocument('new')).toBeUndefined();
    }
    fault.heal();
    await store.check();
    await writer.type(store, [[4, '!']]);
    expect(await store.findDocument('a')).toMatchObject({ version: 2 });
  });
});

describe('a thread that ends', () => {
  it('rejects what it was asked, and the next call starts another', async () => {
    const fault = new CommitFault();
    const store = await openStore({ fault });
    await createDocument(store, 'a');
    const writer = new Writer('a');
    await writer.type(store, [['before']]);
    const before = fault.commits;
    fault.hold();
    fault.failNext('crash');
    const append = store.append(writer.run([['x']]));
    await vi.waitFor(() => expect(fault.commits).toBe(before + 1), 10_000);
    const read = store.head('a');
    fault.release();
    await expect(append).rejects.toMatchObject({ code: 'STORE_STOPPED' });
    await expect(read).rejects.toMatchObject({ code: 'STORE_STOPPED' });
    expect(await store.changesAfter('a', 0, 10)).toEqual(writer.changes);
    await writer.type(store, [['after']]);
  });

  it('still lets the store close', async () => {
    const folder = temporaryFolder();
    const fault = new CommitFault();
    const store = await openStore({ folder, fault });
    await createDocument(store, 'a');
    fault.failNext('crash');
    const append = store.append(new Writer('a').run([['x']]));
    const closed = store.close();
    await expect(append).rejects.toMatchObject({ code: 'STORE_STOPPED' });
    await closed;
    expect(await (await openStore({ folder })).head('a')).toEqual(START);
  });
});

const NEW = { id: 'new', title: 'New', linkAccess: 'edit', createdAt: 1 } as const;
