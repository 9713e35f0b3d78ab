import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { compactAll, openStore } from '../stores/testing/stores.ts';
import { canMountTmpfs, mountTmpfs } from '../stores/testing/tmpfs.ts';
import { Command } from '../testing/command.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';

beforeAll(() => Command.build());

async function startServer(dataFolder: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start({ dataFolder, env });
  onTestFinished(() => server.dispose());
  return server;
}

function execute(folder: string, sql: string): void {
  const database = new Database(path.join(folder, 'weft.sqlite'));
  database.exec(sql);
  database.close();
}

/** Two documents of a hundred changes, and who owns them. */
async function twoDocuments(server: ServerProcess): Promise<{ owner: Stranger; ids: [string, string] }> {
  const owner = await Stranger.guest(server.url);
  const ids: [string, string] = [
    await owner.makeDocument({ content: 'first' }),
    await owner.makeDocument({ content: 'second' }),
  ];
  for (const id of ids) {
    const { client } = await owner.join(id);
    for (let seq = 1; seq <= 99; seq += 1) {
      client.submit(seq, seq, [{ type: 'insert', position: 0, text: `word${seq} ` }]);
      await client.answerTo(seq);
    }
  }
  return { owner, ids };
}

describe('a document that is damaged on disk', () => {
  const damages: Record<string, { compacted: boolean; sql: string }> = {
    'a missing run': { compacted: false, sql: 'DELETE FROM run WHERE document = 1 AND version = 50' },
    'a run that cannot be read': {
      compacted: false,
      sql: "UPDATE run SET data = 'words' WHERE document = 1 AND version = 50",
    },
    'a damaged chunk': { compacted: true, sql: 'UPDATE chunk SET body = zeroblob(length(body)) WHERE document = 1' },
    'a missing chunk': { compacted: true, sql: 'DELETE FROM chunk WHERE document = 1' },
    'no log at all': {
      compacted: true,
      sql: 'DELETE FROM chunk WHERE document = 1; DELETE FROM run WHERE document = 1',
    },
  };
  for (const [kind, { compacted, sql }] of Object.entries(damages)) {
    it(`is refused and never empty, while the server serves all others: ${kind} (FS7)`, async () => {
      const folder = temporaryFolder();
      const server = await startServer(folder);
      const {
        owner,
        ids: [bad, good],
      } = await twoDocuments(server);
      // A polite end would leave snapshots, and the text would not need its log.
      await server.kill();
      if (compacted) {
        const store = await openStore({ folder });
        await compactAll(store);
        await store.close();
      }
      execute(folder, sql);
      await server.start();

      for (const address of ['content', 'changes']) {
        const answer = await owner.get(`/api/documents/${bad}/${address}`);
        expect([answer.status, answer.code], address).toEqual([503, 'unavailable']);
      }
      const refused = new RawClient(server.socketUrl(bad));
      await refused.opened();
      refused.send({ type: 'join', clientId: refused.clientId });
      expect(await refused.next(({ type }) => type === 'error')).toMatchObject({
        code: 'unavailable',
        retryable: true,
      });
      const put = await owner.send('PUT', `/api/documents/${bad}/content`, 'something else');
      expect(put).toMatchObject({ status: 503, code: 'unavailable' });

      expect((await owner.read(good)).text).toMatch(/^word99 .* word1 second$/);
      const { client } = await owner.join(good);
      client.submit(1, 100, [{ type: 'insert', position: 0, text: 'still here ' }]);
      expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 101 });
      await server.stop();
      expect(server.output).toContain(bad);
      expect(server.output).not.toMatch(/word\d/);
    });
  }
});

it('a hole in the log behind a snapshot costs history and no text (FS7)', async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const {
    owner,
    ids: [id],
  } = await twoDocuments(server);
  await server.stop();
  execute(folder, 'DELETE FROM run WHERE document = 1 AND version = 50');
  await server.start();

  const { client } = await owner.join(id);
  client.submit(1, 100, [{ type: 'insert', position: 0, text: 'still here ' }]);
  expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 101 });
  expect((await owner.read(id)).text).toMatch(/^still here word99 .* word1 first$/);
  for (const address of ['changes?after=40', 'content?version=60']) {
    const answer = await owner.get(`/api/documents/${id}/${address}`);
    expect([answer.status, answer.code], address).toEqual([503, 'unavailable']);
  }
  await server.stop();
  expect(await new Command(['verify', '--data', folder]).end()).toBe(1);
});

describe.runIf(canMountTmpfs())('a data folder that is read-only', () => {
  it('keeps the server from starting, with the reason; nothing is changed (FS3)', async () => {
    const folder = temporaryFolder();
    onTestFinished(mountTmpfs(folder, '8m'));
    const server = await startServer(folder);
    const id = await (await Stranger.guest(server.url)).makeDocument({ content: 'kept' });
    await server.stop();
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const command = new Command([], { PORT: '0', WEFT_DATA: folder });
    expect(await command.end()).toBe(1);
    expect(command.errors).toMatch(/^The data folder .* cannot be written \(.*\)\. Mend its rights, or set WEFT_DATA/);
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    await server.start();
    expect(await (await fetch(`${server.url}/api/documents/${id}/content`)).text()).toBe('kept');
    await server.stop();
  });
});

it('another program that locks the database makes the server wait, then say so, and go on afterwards (FS5, G2)', async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder, {
    WEFT_UNAVAILABLE_AFTER_MS: '300',
    // The test asks again and again until it is answered otherwise.
    WEFT_MESSAGES_PER_SECOND: '100000',
    WEFT_SUBMISSIONS_PER_SECOND: '100000',
  });
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument({ content: 'x' });
  const { client } = await owner.join(id);
  const other = new Database(path.join(folder, 'weft.sqlite'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  client.submit(1, 1, [{ type: 'insert', position: 0, text: 'a' }]);
  expect(await client.answerTo(1)).toMatchObject({ type: 'error', code: 'unavailable', retryable: true });
  // Who comes meanwhile reads what is durable.
  expect((await owner.join(id)).answer).toMatchObject({ type: 'document-init', version: 1, content: 'x' });
  other.exec('ROLLBACK');
  for (let answer; answer?.type !== 'ack';) {
    const from = client.received.length;
    client.submit(1, 1, [{ type: 'insert', position: 0, text: 'a' }]);
    answer = await client.answerTo(1, from);
    if (answer.type === 'ack') expect(answer).toMatchObject({ version: 2 });
  }
  expect((await owner.read(id)).text).toBe('ax');
});
