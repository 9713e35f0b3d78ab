import Database from 'better-sqlite3';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StoreDamagedError } from '../../store-error.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument, textOf, Writer } from '../../testing/runs.ts';
import { compactAll, openStore } from '../../testing/stores.ts';
import { CommitFault } from '../database/commit-fault.ts';
import { databaseFile } from '../database/database-file.ts';

/** A closed store with documents of 300 versions, of which 290 may be compacted, and a snapshot at 100 and 200 of document "a". */
async function storedDocuments({ compacted = false } = {}): Promise<{ folder: string; writer: Writer }> {
  const folder = temporaryFolder();
  const store = await openStore({ folder });
  const writer = new Writer('a');
  for (const each of [writer, new Writer('healthy')]) {
    await createDocument(store, each === writer ? 'a' : 'healthy');
    for (let page = 0; page < 30; page += 1)
      await each.type(
        store,
        Array.from({ length: 10 }, () => ['x']),
      );
  }
  for (const version of [100, 200]) {
    const { timestamp } = writer.changes[version - 1]!;
    await store.saveSnapshot('a', { version, timestamp, text: 'x'.repeat(version) });
  }
  if (compacted) await compactAll(store);
  await store.close();
  return { folder, writer };
}

function execute(folder: string, sql: string): void {
  const database = new Database(databaseFile(folder));
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

function overwrite(file: string, position: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, position);
  closeSync(descriptor);
}

describe('a damaged database', () => {
  const damages: Record<string, (file: string) => void> = {
    'a bad header': (file) => overwrite(file, 0, Buffer.from('This is not SQLite')),
    'a page of noise': (file) => overwrite(file, 4096 * 6, Buffer.alloc(4096, 0xa5)),
    'a truncated file': (file) => truncateSync(file, statSync(file).size - 3 * 4096),
    'an empty file': (file) => truncateSync(file, 0),
    'a database of somebody else': (file) => {
      rmSync(file);
      const database = new Database(file);
      database.exec('CREATE TABLE theirs (x)');
      database.close();
    },
  };
  for (const [kind, damage] of Object.entries(damages)) {
    it(`is refused at the start and left as it is: ${kind} (FS6)`, async () => {
      const { folder } = await storedDocuments();
      const file = databaseFile(folder);
      damage(file);
      const before = readFileSync(file);
      const refusal = await openStore({ folder }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'STORE_DAMAGED' });
      expect((refusal as Error).message).toContain(file);
      expect((refusal as Error).message).toContain('Restore the newest backup');
      expect(readFileSync(file).equals(before)).toBe(true);
    });
  }

  it('is refused where only its write-ahead log is left', async () => {
    const { folder } = await storedDocuments();
    const file = databaseFile(folder);
    rmSync(file);
    writeFileSync(`${file}-wal`, 'left over');
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('is not replaced by an empty one where it goes away under a running store', async () => {
    const folder = temporaryFolder();
    const fault = new CommitFault();
    const store = await openStore({ folder, fault });
    await createDocument(store, 'a');
    rmSync(databaseFile(folder));
    fault.failNext('lost');
    await expect(store.check()).rejects.toMatchObject({ code: 'SQLITE_IOERR_FSYNC' });
    await expect(store.load('a')).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
    await expect(store.append(new Writer('a').run([['x']]))).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
    expect(statSync(databaseFile(folder), { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('a damaged document', () => {
  const damages: Record<string, string> = {
    'a missing run': 'DELETE FROM run WHERE document = 1 AND version = 211',
    'a missing last run': 'DELETE FROM run WHERE document = 1 AND version = 291',
    'no runs at all': 'DELETE FROM run WHERE document = 1',
    'a run of the wrong size': 'UPDATE run SET size = 9 WHERE document = 1 AND version = 211',
    'a run that is not JSON': "UPDATE run SET data = '[[1,1' WHERE document = 1 AND version = 211",
    'an edit that is none':
      "UPDATE run SET data = replace(data, '[\"x\"]', '[0]') WHERE document = 1 AND version = 211",
    'a run of a client that does not exist': 'UPDATE client SET document = 2 WHERE document = 1',
  };
  for (const [kind, sql] of Object.entries(damages)) {
    it(`is reported as damaged, never shown as something else, and others are served: ${kind} (FS7)`, async () => {
      const { folder } = await storedDocuments();
      execute(folder, kind.includes('client') ? `UPDATE client SET id = 'other' WHERE document = 1; ${sql}` : sql);
      const store = await openStore({ folder });
      const failure = await store.load('a').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreDamagedError);
      expect(failure).toMatchObject({ code: 'STORE_DAMAGED', documentId: 'a' });
      expect(textOf((await store.load('healthy'))!)).toBe('x'.repeat(300));
    });
  }

  it('with holes in its log is not read across them', async () => {
    const { folder, writer } = await storedDocuments();
    execute(folder, 'DELETE FROM run WHERE document = 1 AND version = 211');
    const store = await openStore({ folder });
    expect(await store.changesAfter('a', 200, 10)).toEqual(writer.changes.slice(200, 210));
    for (const after of [205, 210, 215]) {
      await expect(store.changesAfter('a', after, 50), `after ${after}`).rejects.toBeInstanceOf(StoreDamagedError);
    }
    expect(textOf((await store.load('a', 205))!)).toBe('x'.repeat(205));
  });
});

describe('a damaged chunk', () => {
  const damages: Record<string, string> = {
    'a flipped bit': "UPDATE chunk SET body = CAST(substr(body, 1, 9) || x'7f' || substr(body, 11) AS BLOB)",
    'half a body': 'UPDATE chunk SET body = substr(body, 1, length(body) / 2)',
    'another checksum': 'UPDATE chunk SET checksum = checksum + 1',
    'another length': 'UPDATE chunk SET length = length - 1',
    'another size': 'UPDATE chunk SET size = size - 1',
    'no chunk at all': 'DELETE FROM chunk',
    'a chunk without the runs after it': 'DELETE FROM run',
  };
  for (const [kind, sql] of Object.entries(damages)) {
    it(`is reported as damage of its document, and what does not need it is served: ${kind}`, async () => {
      const { folder, writer } = await storedDocuments({ compacted: true });
      execute(folder, `${sql} WHERE document = 1`);
      const store = await openStore({ folder });
      const failure = await store.load('a').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'STORE_DAMAGED', documentId: 'a' });
      if (!kind.includes('without')) {
        await expect(store.changesAfter('a', 285, 10)).rejects.toBeInstanceOf(StoreDamagedError);
        expect(await store.changesAfter('a', 290, 100)).toEqual(writer.changes.slice(290));
      }
      expect(textOf((await store.load('healthy'))!)).toBe('x'.repeat(300));
      expect(await store.changesAfter('healthy', 0, 1000)).toHaveLength(300);
    });
  }
});

describe('a damaged snapshot', () => {
  const damages: Record<string, string> = {
    'a flipped bit': "UPDATE snapshot SET body = CAST(substr(body, 1, 3) || x'7f' || substr(body, 5) AS BLOB)",
    'half a body': 'UPDATE snapshot SET body = substr(body, 1, length(body) / 2)',
    'another checksum': 'UPDATE snapshot SET checksum = checksum + 1',
    'another history': 'UPDATE snapshot SET timestamp = timestamp + 1',
  };
  for (const [kind, sql] of Object.entries(damages)) {
    it(`is passed over for an older one, and that for the log: ${kind} (FS7)`, async () => {
      const { folder, writer } = await storedDocuments();
      for (const [damaged, start] of [
        ['version = 200', 100],
        ['version = 100', 0],
      ] as const) {
        execute(folder, `${sql} WHERE ${damaged}`);
        const reports: string[] = [];
        const store = await openStore({ folder, report: (message) => reports.push(message) });
        const loaded = (await store.load('a'))!;
        expect(loaded.snapshot.version).toBe(start);
        expect(loaded.changes).toEqual(writer.changes.slice(start));
        expect(textOf(loaded)).toBe('x'.repeat(300));
        expect(reports[0]).toContain('document a at version 200');
        await store.close();
      }
    });
  }
});
