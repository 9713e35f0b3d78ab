import Database from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ANNA, createDocument, Writer } from '../stores/testing/runs.ts';
import { openStore } from '../stores/testing/stores.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Command } from '../testing/command.ts';

beforeAll(() => Command.build());

async function stats(folder: string, ...words: string[]): Promise<Command> {
  const command = new Command(['stats', '--data', folder, ...words]);
  onTestFinished(() => void command.child.kill('SIGKILL'));
  await command.end();
  return command;
}

describe('weft stats', () => {
  it('counts what a running server holds, and writes nothing', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    for (const id of ['a', 'b']) {
      await createDocument(store, id);
      const writer = new Writer(id);
      await writer.type(store, [['one'], ['two']]);
      await writer.type(store, [['three']]);
      await store.saveSnapshot(id, { ...writer.head, text: 'threetwoone' });
    }
    await store.updateDocument('b', { trashed: true }, 1);
    await store.indexed();

    const { output, errors } = await stats(folder, '--json');
    expect(errors).toBe('');
    const counted = JSON.parse(output) as Record<string, unknown>;
    expect(counted).toMatchObject({ documents: 2, trashed: 1, users: 1, changes: 6 });
    expect(counted).toMatchObject({ runs: { rows: 4 }, snapshots: { rows: 2 }, clients: { rows: 2 } });
    // A page at least for the pieces, the digests, the writers and each table of the index.
    expect(counted).toMatchObject({
      search: { rows: 2, bytes: expect.toSatisfy((bytes: number) => bytes > 6 * 4096) },
    });
    const shown = await stats(folder);
    expect(shown.output).toMatch(/^documents +2 +1 of them in the trash$/m);
    expect(shown.output).toMatch(/^changes +6 +\d+\.\d bytes each/m);
    expect(shown.output).toMatch(/^search +2 +0\.\d\d MB$/m);
    expect(shown.output).toMatch(/^compacted +0 +0\.0 % of the changes$/m);
    expect(await store.listMembers('a')).toMatchObject([{ user: ANNA, role: 'owner' }]);
    await store.close();
    expect(counted['fileBytes']).toBe(statSync(path.join(folder, 'weft.sqlite')).size);
  });

  it('makes no database where there is none, and reads none of somebody else', async () => {
    const folder = temporaryFolder();
    const missing = await stats(folder);
    expect(missing.child.exitCode).toBe(1);
    expect(missing.errors).toContain(`There is no database in ${folder}`);
    expect(existsSync(path.join(folder, 'weft.sqlite'))).toBe(false);
    const database = new Database(path.join(folder, 'weft.sqlite'));
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    expect((await stats(folder)).errors).toContain('is not a database of Weft');
  });
});
