import Database from 'better-sqlite3';
import { once } from 'node:events';
import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument } from '../../testing/runs.ts';
import { openStore, problemsIn } from '../../testing/stores.ts';
import { childProcess } from '../../testing/child-process.ts';
import { MIGRATIONS, migrate, schemaNumber } from './migrate.ts';
import { APPLICATION_ID, databaseFile } from './database-file.ts';

/** The project's migrations and one more. */
function migrationsWith(sql: string): { folder: string; file: string } {
  const folder = temporaryFolder();
  cpSync(MIGRATIONS, folder, { recursive: true });
  const file = path.join(folder, `${String(readdirSync(folder).length + 1).padStart(4, '0')}-next.sql`);
  writeFileSync(file, sql);
  return { folder, file };
}

function tables(folder: string): string[] {
  const database = new Database(databaseFile(folder), { readonly: true });
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  database.close();
  return names;
}

describe('migrations', () => {
  it('run once, in order, and keep what is stored', async () => {
    const folder = temporaryFolder();
    const first = await openStore({ folder });
    await createDocument(first, 'a');
    await first.close();
    const next = migrationsWith('CREATE TABLE added (x); INSERT INTO added VALUES (1);');
    for (let start = 0; start < 2; start += 1) {
      const store = await openStore({ folder, migrations: next.folder });
      expect(await store.findDocument('a')).toMatchObject({ id: 'a' });
      await store.close();
    }
    const database = new Database(databaseFile(folder), { readonly: true });
    expect(database.prepare('SELECT count(*) FROM added').pluck().get()).toBe(1);
    expect(schemaNumber(database)).toBe(readdirSync(next.folder).length);
    database.close();
  });

  it('keep the log of a database from before runs had one key', async () => {
    const folder = temporaryFolder();
    const before = temporaryFolder();
    for (const name of readdirSync(MIGRATIONS).filter((file) => file < '0004')) {
      cpSync(path.join(MIGRATIONS, name), path.join(before, name));
    }
    const database = new Database(databaseFile(folder));
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, before);
    database.exec(`
      INSERT INTO user VALUES (1, 'u', 'U', '#112233');
      INSERT INTO document VALUES (1, 'a', 'A', 1, 'edit', 5, 5, NULL), (2, 'b', 'B', 1, 'edit', 5, 5, NULL);
      INSERT INTO client VALUES (7, 1, 'c', 1, 's', 3, 3), (8, 2, 'd', 1, 's', 1, 1);
      INSERT INTO run VALUES (2, 1, 9, 1, '[8,0,["other"]]'), (1, 1, 6, 2, '[7,0,["one"],7,0,[3," two"]]'),
        (1, 3, 8, 1, '[7,0,[7," three"]]');
    `);
    database.close();
    const store = await openStore({ folder });
    const edits = (await store.changesAfter('a', 0, 10)).map(({ version, timestamp, edit }) => [
      version,
      timestamp,
      edit,
    ]);
    expect(edits).toEqual([
      [1, 6, ['one']],
      [2, 6, [3, ' two']],
      [3, 8, [7, ' three']],
    ]);
    expect(await store.head('b')).toEqual({ version: 1, timestamp: 9 });
    expect(await store.findDocument('a')).toMatchObject({ version: 3, updatedAt: 8 });
    await store.close();
  });

  it('bring titles that nobody gave, and searchable texts, to a database from before there were any', async () => {
    const folder = temporaryFolder();
    const before = temporaryFolder();
    for (const name of readdirSync(MIGRATIONS).filter((file) => file < '0005')) {
      cpSync(path.join(MIGRATIONS, name), path.join(before, name));
    }
    const database = new Database(databaseFile(folder));
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, before);
    database.exec(`
      INSERT INTO user VALUES (1, 'u', 'U', '#112233');
      INSERT INTO document VALUES (1, 'a', 'Untitled', 1, 'edit', 5, 5, NULL), (2, 'b', 'ÄGYPTEN', 1, 'edit', 6, 6, NULL);
      INSERT INTO member VALUES (1, 1, 'owner', 5), (2, 1, 'owner', 6);
      INSERT INTO client VALUES (7, 1, 'c', 1, 's', 1, 1);
      INSERT INTO run (key, timestamp, size, data) VALUES ((1 << 32) + 1, 9, 1, '[7,0,["# Plan\\n회의 words"]]');
    `);
    database.close();
    const store = await openStore({ folder });
    expect(await store.findDocument('a')).toMatchObject({ title: 'Untitled', isNamed: false });
    expect(await store.findDocument('b')).toMatchObject({ title: 'ÄGYPTEN', isNamed: true });
    const find = async (...words: string[]): Promise<string[]> => {
      const { documents } = await store.listDocuments('u', { show: 'all', now: 9, limit: 9, words });
      return documents.map(({ document }) => document.id);
    };
    expect((await find()).sort()).toEqual(['a', 'b']);
    expect(await find('agypten')).toEqual(['b']);
    await store.indexed();
    expect(await store.findDocument('a')).toMatchObject({ title: 'Plan', isNamed: false });
    expect([await find('회의'), await find('words'), await find('agypten')]).toEqual([['a'], ['a'], ['b']]);
    await store.close();
    expect(problemsIn(folder)).toEqual([]);
  });

  it('are refused by an older Weft, which leaves the database alone (FS10)', async () => {
    const folder = temporaryFolder();
    await (await openStore({ folder, migrations: migrationsWith('CREATE TABLE added (x)').folder })).close();
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringContaining('A newer version wrote it'),
    });
    expect(tables(folder)).toContain('added');
  });

  it('leave nothing of one that fails half-way', async () => {
    const folder = temporaryFolder();
    await (await openStore({ folder })).close();
    const bad = migrationsWith('CREATE TABLE added (x); INSERT INTO added VALUES (1); SELECT nonsense FROM nowhere;');
    await expect(openStore({ folder, migrations: bad.folder })).rejects.toThrow('nowhere');
    expect(tables(folder)).not.toContain('added');
    await expect((await openStore({ folder })).check()).resolves.toBeUndefined();
  });

  it('leave nothing of one whose process is killed half-way (FS10)', async () => {
    const folder = temporaryFolder();
    const first = await openStore({ folder });
    await createDocument(first, 'a');
    await first.close();
    const endless = migrationsWith(
      `CREATE TABLE added (x TEXT);
       INSERT INTO added WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
         SELECT hex(zeroblob(1000)) FROM n LIMIT 1000000000;`,
    );
    const child = childProcess('open-store.ts', folder, endless.folder);
    const log = `${databaseFile(folder)}-wal`;
    await vi.waitFor(() => expect(statSync(log).size).toBeGreaterThan(4_000_000), { timeout: 20_000, interval: 20 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openStore({ folder });
    expect(await store.findDocument('a')).toMatchObject({ id: 'a' });
    expect(tables(folder)).not.toContain('added');
  });

  it('start anew where the very first creation was killed half-way', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${databaseFile(folder)}.new`, 'half a database');
    writeFileSync(`${databaseFile(folder)}.new-journal`, 'half a journal');
    const store = await openStore({ folder });
    await store.check();
    expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('have no holes in their numbers', () => {
    const { folder, file } = migrationsWith('SELECT 1');
    cpSync(file, path.join(folder, '0099-far.sql'));
    const database = new Database(':memory:');
    expect(() => migrate(database, folder)).toThrow('is missing before');
    expect(schemaNumber(database)).toBe(0);
    database.close();
    rmSync(path.join(folder, '0099-far.sql'));
  });
});
