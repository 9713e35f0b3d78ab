import Database from 'better-sqlite3';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDocument } from '../../shared/client/node.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createDocument, Writer } from '../stores/testing/runs.ts';
import { openStore } from '../stores/testing/stores.ts';
import { MIGRATIONS } from '../stores/sqlite/database/migrate.ts';
import { APPLICATION_ID } from '../stores/sqlite/database/database-file.ts';
import { Command } from '../testing/command.ts';
import { LoadWriter } from '../../testing/load-writer.ts';
import { Stranger } from '../../testing/stranger.ts';

beforeAll(() => Command.build());

async function run(...words: string[]): Promise<{ code: number | null; output: string; errors: string }> {
  const command = new Command(words);
  onTestFinished(() => void command.child.kill('SIGKILL'));
  const code = await command.end();
  return { code, output: command.output, errors: command.errors };
}

async function startServer(dataFolder: string): Promise<ServerProcess> {
  const server = await ServerProcess.start({ dataFolder, env: { WEFT_SUBMISSIONS_PER_SECOND: '100000' } });
  onTestFinished(() => server.dispose());
  return server;
}

/** A closed data folder with a document "a" of 100 changes. */
async function storedFolder(): Promise<{ folder: string; writer: Writer }> {
  const folder = path.join(temporaryFolder(), 'data');
  const store = await openStore({ folder });
  await createDocument(store, 'a');
  const writer = new Writer('a');
  for (let count = 0; count < 20; count += 1) await writer.type(store, [['some'], ['words'], [], [4, ' '], [-1]]);
  await store.close();
  writeFileSync(path.join(folder, 'secret'), 's'.repeat(43), { mode: 0o600 });
  return { folder, writer };
}

describe('weft backup', () => {
  it('copies one moment of a server that four writers keep busy, and verifies it; restored it is that moment (FS9)', async () => {
    const place = temporaryFolder();
    const folder = path.join(place, 'data');
    const server = await startServer(folder);
    const id = await (await Stranger.guest(server.url)).makeDocument({});
    let acknowledged = 0;
    const writers = Array.from({ length: 4 }, (_, index) => new LoadWriter(`w${index}`, () => (acknowledged += 1)));
    let isEnough = false;
    const writing = Promise.all(writers.map((writer) => writer.writeUntilCut(server.socketUrl(id), () => isEnough)));
    await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(200), 20_000);
    const before = acknowledged;
    const file = path.join(place, 'backup.sqlite');
    const made = await run('backup', file, '--data', folder);
    const after = acknowledged;
    isEnough = true;
    await writing;
    expect(made.errors).toContain('Copying: 100 %');
    expect(made.output).toMatch(
      /^1 documents with \d+ changes: all is well\.\nBacked up to .*backup\.sqlite and .*\.secret\.\n$/,
    );
    expect(made.code).toBe(0);
    expect(after).toBeGreaterThan(before);
    expect(readdirSync(place).sort()).toEqual(['backup.sqlite', 'backup.sqlite.secret', 'data']);
    for (const each of [file, `${file}.secret`]) expect(statSync(each).mode & 0o777).toBe(0o600);
    await server.stop();

    const restored = path.join(place, 'restored');
    const back = await run('restore', file, '--data', restored);
    expect([back.code, back.errors]).toEqual([0, 'Copying: 100 %\nVerifying: 100 %\n']);
    expect(readFileSync(path.join(restored, 'secret'), 'utf8')).toBe(readFileSync(path.join(folder, 'secret'), 'utf8'));
    const [original, copy] = [await openStore({ folder }), await openStore({ folder: restored })];
    const changes = await copy.changesAfter(id, 0, Infinity);
    expect(changes.length).toBeGreaterThanOrEqual(before);
    expect(changes).toEqual((await original.changesAfter(id, 0, Infinity)).slice(0, changes.length));
  });

  it('overwrites nothing, and leaves nothing half-made', async () => {
    const { folder } = await storedFolder();
    const file = path.join(folder, '../backup.sqlite');
    for (const taken of [file, `${file}.secret`]) {
      writeFileSync(taken, 'mine');
      const { code, errors } = await run('backup', file, '--data', folder);
      expect([code, errors]).toEqual([1, `${taken} is there already. Nothing was written.\n`]);
      expect(readFileSync(taken, 'utf8')).toBe('mine');
      rmSync(taken);
    }
    const nowhere = await run('backup', path.join(folder, 'no/such/folder/backup'), '--data', folder);
    expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringMatching(/^ENOENT: no such file or directory/)]);
    expect((await run('backup', '--data', folder)).code).toBe(2);
    expect((await run('backup', file, '--data', temporaryFolder())).errors).toContain('There is no database in');
    expect(existsSync(file)).toBe(false);
  });

  it('is made of a damaged database too, which it says', async () => {
    const { folder } = await storedFolder();
    const database = new Database(path.join(folder, 'weft.sqlite'));
    database.exec('DELETE FROM run WHERE version = 51');
    database.close();
    const file = path.join(folder, '../backup.sqlite');
    const { code, output, errors } = await run('backup', file, '--data', folder);
    expect(code).toBe(1);
    expect(output).toContain('document a, version 51: versions up to 55 are missing');
    expect(errors).toContain('Keep older backups until they are solved.');
    expect(existsSync(file)).toBe(true);
    const restored = path.join(folder, '../restored');
    const back = await run('restore', file, '--data', restored);
    expect([back.code, back.errors]).toEqual([
      1,
      expect.stringContaining('is damaged; see above. Nothing was changed.'),
    ]);
    expect(readdirSync(restored).filter((name) => name.includes('sqlite'))).toEqual([]);
  });
});

describe('weft restore', () => {
  it('takes the place of documents only with --force, and keeps them aside', async () => {
    const old = await storedFolder();
    const file = path.join(old.folder, '../backup.sqlite');
    await run('backup', file, '--data', old.folder);
    writeFileSync(path.join(old.folder, 'secret'), 't'.repeat(43));
    const store = await openStore({ folder: old.folder });
    const inUse = await run('restore', file, '--data', old.folder, '--force');
    expect([inUse.code, inUse.errors]).toEqual([1, expect.stringContaining('is in use by process')]);
    await old.writer.type(store, [['later']]);
    await store.close();
    const refused = await run('restore', file, '--data', old.folder);
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining('holds documents. Nothing was changed.'),
    ]);
    const restored = await run('restore', file, '--data', old.folder, '--force');
    expect(restored.code).toBe(0);
    const [, aside = ''] = /What was there before is in (.*)\.\n/.exec(restored.output) ?? [];
    expect(readdirSync(aside)).toEqual(expect.arrayContaining(['secret', 'weft.sqlite']));
    expect(readFileSync(path.join(aside, 'secret'), 'utf8')).toBe('t'.repeat(43));
    expect(readFileSync(path.join(old.folder, 'secret'), 'utf8')).toBe('s'.repeat(43));
    const [now, before] = [await openStore({ folder: old.folder }), await openStore({ folder: aside })];
    expect((await now.head('a')).version).toBe(100);
    expect((await before.head('a')).version).toBe(101);
  });

  it('brings a backup of an older Weft up to date', async () => {
    const place = temporaryFolder();
    const older = new Database(path.join(place, 'older.sqlite'));
    older.exec(readFileSync(path.join(MIGRATIONS, '0001-documents.sql'), 'utf8'));
    older.pragma('user_version = 1');
    older.pragma(`application_id = ${APPLICATION_ID}`);
    older.exec("INSERT INTO user VALUES (1, 'user', 'Anna', '#a33b20')");
    older.exec("INSERT INTO document VALUES (1, 'old', 'Old', 1, 'edit', 5, 5, NULL)");
    older.close();
    const folder = path.join(place, 'data');
    const { code, output } = await run('restore', path.join(place, 'older.sqlite'), '--data', folder);
    expect([code, output]).toEqual([0, expect.stringContaining('1 documents with 0 changes: all is well.')]);
    expect(output).toContain('The backup came without its secret.');
    expect(await (await openStore({ folder })).findDocument('old')).toMatchObject({ title: 'Old' });
  });

  it('that did not come to its end keeps a server from starting with nothing (FS6)', async () => {
    const { folder } = await storedFolder();
    const file = path.join(folder, '../backup.sqlite');
    await run('backup', file, '--data', folder);
    const half = path.join(folder, '../half');
    mkdirSync(half);
    copyFileSync(file, path.join(half, 'weft.sqlite.restoring'));
    await expect(openStore({ folder: half })).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('a restore was begun in its place'),
    });
    expect(existsSync(path.join(half, 'weft.sqlite'))).toBe(false);
    expect((await run('restore', file, '--data', half)).code).toBe(0);
    expect((await (await openStore({ folder: half })).head('a')).version).toBe(100);
  });

  it('of an older copy is a fork for the client engine: what was unsent is kept, what was lost is offered (FS9, G5, J7)', async () => {
    const place = temporaryFolder();
    const folder = path.join(place, 'data');
    const file = path.join(place, 'backup.sqlite');
    const server = await startServer(folder);
    const id = await (await Stranger.guest(server.url)).makeDocument({ content: 'common\n' });
    const open = (name: string) => {
      const session = openDocument(server.socketUrl(id), { name });
      onTestFinished(() => session.leave());
      return session;
    };
    const [writer, reader] = [open('Ada'), open('Ben')];
    const lost: string[] = [];
    writer.on('fork', ({ text }) => lost.push(text));
    await Promise.all([writer.whenReady(), reader.whenReady()]);
    writer.edit([7, 'in the copy\n']);
    await writer.whenSaved();
    expect((await run('backup', file, '--data', folder)).code).toBe(0);
    writer.edit([19, 'after it\n']);
    await writer.whenSaved();
    await server.stop();
    writer.edit(['never sent\n']);
    expect((await run('restore', file, '--data', folder, '--force')).code).toBe(0);
    await server.start();
    await writer.whenSaved();
    expect(lost).toEqual(['never sent\ncommon\nin the copy\nafter it\n']);
    expect(writer.text.toString()).toBe('never sent\ncommon\nin the copy\n');
    await vi.waitFor(() => expect(reader.text.toString()).toBe(writer.text.toString()), 20_000);
    expect(await (await fetch(`${server.url}/api/documents/${id}/content`)).text()).toBe(writer.text.toString());
  });
});
