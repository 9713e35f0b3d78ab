import Database from 'better-sqlite3';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { ANNA, createDocument, TIME, Writer } from '../../testing/runs.ts';
import { openStore, problemsIn } from '../../testing/stores.ts';
import { databaseFile } from '../database/database-file.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';
import { checkStore } from './store-check.ts';

let folder: string;

/** A closed store with an indexed document, of which a page of the search index is noise. */
beforeEach(async () => {
  folder = temporaryFolder();
  const store = await openStore({ folder });
  await createDocument(store, 'a');
  await new Writer('a').type(store, [['# Plans\nsome words']]);
  await store.indexed();
  await store.close();
  const database = new Database(databaseFile(folder));
  database.unsafeMode(true);
  const { changes } = database.prepare("UPDATE piece_index_data SET block = x'0000' WHERE id > 10").run();
  expect(changes).toBeGreaterThan(0);
  database.close();
});

async function shown(store: SqliteStore, words: string[]): Promise<string[]> {
  const { documents } = await store.listDocuments(ANNA.id, { show: 'all', now: TIME, limit: 9, words });
  return documents.map(({ snippet }) => snippet);
}

it('a damaged search index is told of, and made anew after the start', async () => {
  const reports: string[] = [];
  const store = await openStore({ folder, report: (message) => reports.push(message) });
  expect(reports).toEqual([expect.stringMatching(/^The search index is damaged \(fts5: .*indexed anew/)]);
  expect([await shown(store, []), await shown(store, ['words'])]).toEqual([['some words'], []]);
  await store.indexed();
  expect(await shown(store, ['words'])).toEqual(['some words']);
  await store.close();
  expect(problemsIn(folder)).toEqual([]);
});

it('a damaged search index is no damage of a backup', async () => {
  const told: string[] = [];
  const verify = (database: Database.Database): boolean => {
    const events = { onProblem: () => undefined, onProgress: () => undefined };
    return checkStore(database, { ...events, onSearchProblem: (message) => told.push(message) }).problems === 0;
  };
  const file = path.join(temporaryFolder(), 'backup.sqlite');
  const onProgress = (): void => undefined;
  expect(await backUp(folder, file, { onProgress, verify })).toMatchObject({ isWhole: true });
  const restored = temporaryFolder();
  await restore({ folder: restored, file, force: false, asideName: 'aside', onProgress, verify });
  expect(told).toEqual([expect.stringMatching(/^fts5: /), expect.stringMatching(/^fts5: /)]);
  const store = await openStore({ folder: restored });
  await store.indexed();
  expect(await shown(store, ['words'])).toEqual(['some words']);
});
