import Database from 'better-sqlite3';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sizes, stored, total, type } from '../../testing/compacted.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument, Writer } from '../../testing/runs.ts';
import { compactAll, openStore, problemsIn } from '../../testing/stores.ts';
import { CommitFault, type FaultOutcome } from '../database/commit-fault.ts';
import { databaseFile } from '../database/database-file.ts';

const SYNC_FAILED = { code: 'SQLITE_IOERR_FSYNC' };

describe('compaction that fails', () => {
  const OUTCOMES: readonly FaultOutcome[] = ['lost', 'durable', 'crash'];
  /** The text fills them before they have many changes. */
  const CHUNKS = [80, 80];
  let folder: string;
  let writer: Writer;
  beforeEach(async () => {
    folder = temporaryFolder();
    const store = await openStore({ folder });
    writer = new Writer('a');
    await createDocument(store, 'a');
    for (let run = 0; run < 20; run += 1) {
      await writer.type(
        store,
        Array.from({ length: 10 }, () => ['x'.repeat(1500)]),
      );
    }
    await store.close();
  });

  for (const outcome of OUTCOMES) {
    it(`at any of its commits loses nothing and goes on when the disk is well: ${outcome}`, async () => {
      for (let failing = 0; failing < CHUNKS.length; failing += 1) {
        const place = copyOf(folder);
        const fault = new CommitFault();
        const store = await openStore({ folder: place, fault });
        const failInTime = (): void => {
          if (fault.commits === failing) fault.failNext(outcome);
        };
        failInTime();
        await expect(compactAll(store, failInTime)).rejects.toMatchObject({
          code: outcome === 'crash' ? 'STORE_STOPPED' : 'SQLITE_IOERR_FSYNC',
        });
        expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
        expect(total(stored(place))).toBe(200);
        expect(problemsIn(place)).toEqual([]);
        expect(stored(place).chunks).toHaveLength(outcome === 'durable' ? failing + 1 : failing);
        await compactAll(store);
        expect(sizes(stored(place).chunks)).toEqual(CHUNKS);
        expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
        await store.close();
      }
    });
  }

  it('leaves the disk to those who append', async () => {
    const fault = new CommitFault();
    const store = await openStore({ folder, fault });
    fault.failNext('lost');
    await expect(compactAll(store)).rejects.toMatchObject(SYNC_FAILED);
    await writer.type(store, [['more']]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });

  it('because a run is damaged leaves that document as it is, says so once, and goes on with the others', async () => {
    const first = await openStore({ folder });
    const healthy = new Writer('healthy');
    await createDocument(first, 'healthy');
    await type(first, healthy, 100);
    await first.close();
    const database = new Database(databaseFile(folder));
    database.exec("UPDATE run SET data = 'secret words' WHERE document = 1 AND version = 51");
    database.close();
    const reports: string[] = [];
    const store = await openStore({ folder, report: (message) => reports.push(message) });
    for (let walk = 0; walk < 2; walk += 1) await compactAll(store);
    expect(reports).toEqual([expect.stringMatching(/^The history of document a is damaged and stays as it is: /)]);
    expect(reports[0]).not.toContain('secret');
    expect(stored(folder).chunks).toEqual([]);
    expect(total(stored(folder))).toBe(200);
    expect(await store.changesAfter('healthy', 0, Infinity)).toEqual(healthy.changes);
    const reader = new Database(databaseFile(folder), { readonly: true });
    expect(reader.prepare('SELECT size FROM chunk WHERE document = 2').pluck().all()).toEqual([90]);
    reader.close();
  });
});

function copyOf(folder: string): string {
  const copy = path.join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
