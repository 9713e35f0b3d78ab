import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { createDocument, Writer } from '../testing/runs.ts';
import { openStore } from '../testing/stores.ts';
import { canMountTmpfs, mountTmpfs } from '../testing/tmpfs.ts';
import { MIGRATIONS } from './database/migrate.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** A small file system for one test. */
function smallDisk(size: string): string {
  const folder = temporaryFolder();
  onTestFinished(mountTmpfs(folder, size));
  return folder;
}

/** Types until the disk is full; returns the failure. */
async function fill(store: SqliteStore, writer: Writer): Promise<unknown> {
  for (let count = 0; count < 10_000; count += 1) {
    try {
      await writer.type(store, [['x'.repeat(4000)]]);
    } catch (error) {
      return error;
    }
  }
  throw new Error('The disk was never full');
}

describe.runIf(canMountTmpfs())('a full disk (a tmpfs of 1 MiB)', () => {
  it('rejects appends, keeps everything acknowledged, lets reading go on, and heals when there is room', async () => {
    const folder = smallDisk('1m');
    const ballast = path.join(folder, 'ballast');
    const store = await openStore({ folder });
    await createDocument(store, 'a');
    const writer = new Writer('a');
    await writer.type(store, [['begun']]);
    writeFileSync(ballast, Buffer.alloc(300 * 1024));
    expect(await fill(store, writer)).toMatchObject({ code: expect.stringMatching(/^SQLITE_(FULL|IOERR)/) });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(store.append(writer.run([['x'.repeat(100_000)]]))).rejects.toMatchObject({
        code: expect.stringMatching(/^SQLITE_(FULL|IOERR)/),
      });
      expect(await store.changesAfter('a', 0, 10_000)).toEqual(writer.changes);
      expect(await store.findDocument('a')).toMatchObject({ version: writer.head.version });
    }
    rmSync(ballast);
    await store.check();
    await writer.type(store, [['x'.repeat(20_000)]]);
    await store.close();
    const again = await openStore({ folder });
    expect(await again.changesAfter('a', 0, 10_000)).toEqual(writer.changes);
    await again.close();
  });
});

describe('a full database (a bound on its pages, where nothing can be mounted)', () => {
  it('rejects appends, keeps everything acknowledged, and takes more when the bound is gone', async () => {
    const folder = temporaryFolder();
    const first = await openStore({ folder });
    await createDocument(first, 'a');
    await first.close();
    // Run by the very connection that serves, and by no later one.
    const migrations = temporaryFolder();
    cpSync(MIGRATIONS, migrations, { recursive: true });
    const number = String(readdirSync(migrations).length + 1).padStart(4, '0');
    writeFileSync(path.join(migrations, `${number}-bound.sql`), 'PRAGMA max_page_count = 100');
    const bounded = await openStore({ folder, migrations });
    const writer = new Writer('a');
    expect(await fill(bounded, writer)).toMatchObject({ code: 'SQLITE_FULL' });
    await expect(bounded.append(writer.run([['x'.repeat(4000)]]))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await bounded.changesAfter('a', 0, 10_000)).toEqual(writer.changes);
    await bounded.close();
    const store = await openStore({ folder, migrations });
    expect(await store.changesAfter('a', 0, 10_000)).toEqual(writer.changes);
    await writer.type(store, [['x'.repeat(4000)]]);
  });
});
