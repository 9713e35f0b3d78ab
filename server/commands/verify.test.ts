import Database from 'better-sqlite3';
import { statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDocument, Writer } from '../stores/testing/runs.ts';
import { openStore } from '../stores/testing/stores.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Command } from '../testing/command.ts';

beforeAll(() => Command.build());

async function run(name: string, folder: string): Promise<Command> {
  const command = new Command([name, '--data', folder]);
  onTestFinished(() => void command.child.kill('SIGKILL'));
  await command.end();
  return command;
}

/** An open store with a document of 500 changes, in runs of 5. */
async function store(folder: string) {
  const opened = await openStore({ folder });
  await createDocument(opened, 'a');
  const writer = new Writer('a');
  for (let count = 0; count < 100; count += 1) await writer.type(opened, [['some'], ['words'], [], [4, ' '], [-1]]);
  return { opened, writer };
}

describe('weft verify', () => {
  it('finds all well beside a running server, and exits with 0', async () => {
    const folder = temporaryFolder();
    await store(folder);
    const { child, output, errors } = await run('verify', folder);
    expect(errors).toBe('Verifying: 100 %\n');
    expect(output).toBe('1 documents with 500 changes: all is well.\n');
    expect(child.exitCode).toBe(0);
  });

  it('says what is wrong and where, and exits with 1', async () => {
    const folder = temporaryFolder();
    await (await store(folder)).opened.close();
    const database = new Database(path.join(folder, 'weft.sqlite'));
    database.exec('DELETE FROM run WHERE version = 251');
    database.close();
    const { child, output } = await run('verify', folder);
    expect(output).toMatch(/^document a, version 251: versions up to 255 are missing$/m);
    expect(output).toMatch(
      /^1 documents with 500 changes: \d+ problems, in 1 documents\. docs\/operations\.md says what to do\.$/m,
    );
    expect(child.exitCode).toBe(1);
  });

  it('says that a file is none of ours, or cut short', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'weft.sqlite');
    writeFileSync(file, 'not a database'.repeat(1000));
    const noise = await run('verify', folder);
    expect([noise.child.exitCode, noise.errors]).toEqual([1, expect.stringContaining('cannot be read')]);
    const other = temporaryFolder();
    await (await store(other)).opened.close();
    truncateSync(path.join(other, 'weft.sqlite'), statSync(path.join(other, 'weft.sqlite')).size - 4096);
    const short = await run('verify', other);
    expect(short.child.exitCode).toBe(1);
    expect(short.output + short.errors).toMatch(/malformed|damaged|cannot be read/);
  });
});

describe('weft compact', () => {
  it('makes the database small, shows how far it is, and keeps every change', async () => {
    const folder = temporaryFolder();
    const { opened, writer } = await store(folder);
    await opened.close();
    const before = statSync(path.join(folder, 'weft.sqlite')).size;
    const { child, output, errors } = await run('compact', folder);
    expect(errors).toBe('Compacting: 99 %\nCompacting: 100 %\n');
    expect(output).toMatch(/^495 changes compacted; the database went from \d\.\d\d MB to \d\.\d\d MB\.\n$/);
    expect(child.exitCode).toBe(0);
    expect(statSync(path.join(folder, 'weft.sqlite')).size).toBeLessThan(before);
    expect((await run('verify', folder)).output).toBe('1 documents with 500 changes: all is well.\n');
    const again = await openStore({ folder });
    expect(await again.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });

  it('leaves a folder alone that a server uses, and one without a database', async () => {
    const folder = temporaryFolder();
    await store(folder);
    const { child, errors } = await run('compact', folder);
    expect(errors).toContain('is in use by process');
    expect(child.exitCode).toBe(1);
    const nothing = await run('compact', temporaryFolder());
    expect(nothing.errors).toContain('There is no database in');
  });
});
