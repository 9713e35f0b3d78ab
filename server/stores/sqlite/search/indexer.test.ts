import Database from 'better-sqlite3';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { connected } from '../../testing/connected.ts';
import { ANNA, createDocument, TIME, Writer } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';
import { databaseFile } from '../database/database-file.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { Indexer } from './indexer.ts';

const ALL = { length: 1_000_000 };

let folder: string;
let store: SqliteStore;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore({ folder });
});

async function write(id: string, text: string): Promise<void> {
  await createDocument(store, id);
  await new Writer(id).type(store, [[text]]);
}

async function find(word: string): Promise<string[]> {
  const { documents } = await store.listDocuments(ANNA.id, { show: 'all', now: TIME, limit: 9, words: [word] });
  return documents.map(({ document }) => document.id);
}

function staleIn(database: ReturnType<typeof connected>, rules = ALL): string[] {
  return new Indexer().stale(database, 0, rules).documentIds;
}

describe('the indexer', () => {
  it('names and shows documents however little of them is findable', async () => {
    const unnamed = { id: 'a', title: 'Untitled', isNamed: false, linkAccess: 'edit', createdAt: TIME } as const;
    await store.createDocument(unnamed, ANNA);
    await new Writer('a').type(store, [['# Plans\nfor May']]);
    const database = connected(folder);
    expect(new Indexer().step(database, ['a'], { length: 0 })).toEqual([15]);
    const { documents } = await store.listDocuments(ANNA.id, { show: 'all', now: TIME, limit: 9 });
    expect(documents).toMatchObject([{ document: { title: 'Plans' }, snippet: 'for May' }]);
    expect([await find('plans'), await find('may')]).toEqual([['a'], []]);
  });

  it('takes a text for not indexed once more or less of it is to be findable', async () => {
    await write('a', 'some words');
    const database = connected(folder);
    const indexer = new Indexer();
    for (const { rules, found } of [
      { rules: { length: 4 }, found: [[], ['a']] },
      { rules: ALL, found: [['a'], ['a']] },
      { rules: { length: 0 }, found: [[], []] },
    ]) {
      expect(staleIn(database, rules)).toEqual(['a']);
      indexer.step(database, ['a'], rules);
      expect(staleIn(database, rules)).toEqual([]);
      expect([await find('words'), await find('some')]).toEqual(found);
    }
  });

  it('reads one long text in a step, also where all of it is indexed already', async () => {
    for (const id of ['a', 'b', 'c']) await write(id, 'word '.repeat(12_000));
    await store.indexed();
    const database = connected(folder);
    expect(new Indexer().step(database, ['a', 'b', 'c'], ALL)).toEqual([60_000]);
  });

  it('passes over a text whose pages cannot be read', async () => {
    await write('a', 'unreadable '.repeat(2000));
    await write('b', 'readable');
    await store.close();
    const file = databaseFile(folder);
    const plain = new Database(file);
    const page = plain
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'run' AND pagetype = 'overflow' LIMIT 1")
      .pluck()
      .get()!;
    plain.close();
    // Where the next page of the row is.
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(4), 0, 4, (page - 1) * 4096);
    closeSync(descriptor);
    const database = connected(folder);
    expect(() => database.logCalls.textAt('a', 1)).toThrow(Database.SqliteError);
    expect(new Indexer().step(database, ['a', 'b'], ALL)).toEqual([0, 8]);
    expect(staleIn(database)).toEqual(['a']);
  });

  it('leaves the last tenth of the room to the log', async () => {
    await write('a', 'some words');
    await store.close();
    const { size } = statSync(databaseFile(folder));
    const full = connected(folder, { maximumBytes: size });
    expect(() => new Indexer().step(full, ['a'], ALL)).toThrow(expect.objectContaining({ code: 'INDEX_FULL' }));
    // What gives room back goes on.
    expect(new Indexer().step(full, ['a'], { length: 0 })).toEqual([10]);
    const roomy = connected(folder, { maximumBytes: size * 1.2 });
    expect(new Indexer().step(roomy, ['a'], ALL)).toEqual([10]);
  });
});
