import Database from 'better-sqlite3';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { BORIS, createDocument, Writer } from '../../testing/runs.ts';
import { compactAll } from '../../testing/stores.ts';
import { databaseFile } from '../database/database-file.ts';
import { openToRead } from '../database/open-database.ts';
import { SqliteStore } from '../sqlite-store.ts';
import { checkStore, type CheckResult } from './store-check.ts';

let whole: string;

/** Document 1 has a chunk of 190 changes and two runs of 10, document 2 runs only; snapshots at 50, 150 and 205 of document 1. */
beforeAll(async () => {
  whole = temporaryFolder();
  const store = await SqliteStore.open({ folder: whole });
  const writer = new Writer('a');
  const type = async (each: Writer): Promise<void> =>
    each.type(
      store,
      Array.from({ length: 10 }, () => ['x']),
    );
  await createDocument(store, 'a');
  for (let run = 0; run < 20; run += 1) await type(writer);
  await compactAll(store);
  await type(writer);
  for (const version of [50, 150, 205]) {
    await store.saveSnapshot('a', {
      version,
      timestamp: writer.changes[version - 1]!.timestamp,
      text: 'x'.repeat(version),
    });
  }
  await createDocument(store, 'healthy');
  const other = new Writer('healthy', BORIS);
  for (let run = 0; run < 3; run += 1) await type(other);
  await store.close();
});

function check(
  folder: string,
): CheckResult & { lines: string[]; search: string[]; progress: (readonly [number, number])[] } {
  const database = openToRead(folder);
  const lines: string[] = [];
  const search: string[] = [];
  const progress: (readonly [number, number])[] = [];
  const result = checkStore(database, {
    onProblem: ({ documentId, version, message }) => lines.push(`${documentId ?? ''} ${version ?? ''} ${message}`),
    onSearchProblem: (message) => search.push(message),
    onProgress: (done, total) => progress.push([done, total]),
  });
  database.close();
  return { ...result, lines, search, progress };
}

it('finds nothing wrong in what the store wrote, and tells how far it is', () => {
  expect(check(whole)).toEqual({
    ...{ documents: 2, changes: 240, problems: 0, damaged: 0, lines: [], search: [] },
    progress: [
      [210, 240],
      [240, 240],
    ],
  });
});

describe('finds what does not fit, says where, and finds the other document well', () => {
  const chunk = 'WHERE document = 1';
  const run = 'WHERE document = 1 AND version = 191';
  const damages: Record<string, readonly [sql: string, ...found: RegExp[]]> = {
    'a missing run': [`DELETE FROM run ${run}`, /^a 191 versions up to 200 are missing$/],
    'a missing chunk': [`DELETE FROM chunk ${chunk}`, /^a 1 versions up to 190 are missing$/],
    'a run that is there twice': [
      'INSERT INTO run (key, timestamp, size, data) SELECT key + 5, timestamp, size, data FROM run WHERE version = 191',
      /^a 196 the version is stored twice$/,
    ],
    'a missing end': [
      'DELETE FROM run WHERE document = 1',
      /^a 191 the newest run is missing$/,
      /^a 205 a snapshot is newer/,
    ],
    'a chunk with a flipped bit': [
      `UPDATE chunk SET body = CAST(substr(body, 1, 9) || x'7f' || substr(body, 11) AS BLOB) ${chunk}`,
      /^a 1 the changes up to 190 cannot be read: /,
    ],
    'a run that is not JSON': [
      `UPDATE run SET data = '[[1' ${run}`,
      /^a 191 the changes up to 200 cannot be read: Not JSON$/,
    ],
    'a run of another time': [`UPDATE run SET timestamp = 5 ${run}`, /^a 191 it is older than the version before$/],
    'an edit that does not fit': [
      `UPDATE run SET data = replace(data, '["x"]', '[900,"x"]') ${run}`,
      /^a 191 it reaches beyond the end of the text$/,
    ],
    'a letter that was exchanged': [
      `UPDATE run SET data = replace(data, '["x"]', '["y"]') ${run}`,
      /^a 205 the snapshot is not the text that the log comes to$/,
    ],
    'a change of an unknown client': [
      `UPDATE run SET data = replace(data, '1,0,', '9,0,') ${run}`,
      /^a 191 its client is not known$/,
    ],
    'a seq that is there twice': [
      `UPDATE run SET data = replace(data, '1,0,', '1,5,') ${run}`,
      /^a 191 seq 186 is stored twice$/,
    ],
    'a client that knows more than the log': [
      'UPDATE client SET seq = seq + 1 WHERE document = 1',
      /^a 210 the log does not have seq 211 of the client with key 1$/,
    ],
    'a snapshot with another checksum': [
      'UPDATE snapshot SET checksum = checksum + 1 WHERE version = 150',
      /^a 150 the snapshot cannot be read: The checksum differs$/,
    ],
    'a snapshot of another history': [
      'UPDATE snapshot SET timestamp = timestamp - 1 WHERE version = 150',
      /^a 150 the snapshot is of another history$/,
    ],
    'a row that names nothing': [
      'UPDATE client SET user = 77 WHERE key = 1',
      /^ {2}row 1 of table client names a row of table user/,
    ],
  };
  for (const [kind, [sql, ...found]] of Object.entries(damages)) {
    it(kind, () => {
      const folder = path.join(temporaryFolder(), 'copy');
      cpSync(whole, folder, { recursive: true });
      const database = new Database(databaseFile(folder));
      database.pragma('foreign_keys = OFF');
      database.exec(sql);
      database.close();
      const { lines, problems, documents } = check(folder);
      for (const line of found) expect(lines).toContainEqual(expect.stringMatching(line));
      expect(problems).toBe(lines.length);
      expect(documents).toBe(2);
      expect(lines.filter((line) => line.startsWith('healthy'))).toEqual([]);
    });
  }
});
