import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import type { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { insert } from '../../testing/wire-text.ts';

let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = temporaryFolder();
  server = await ServerProcess.start({ dataFolder: path.join(folder, 'data') });
});
afterAll(() => server.dispose());

/** Commits `text` in front, and hands back the timestamp. */
async function commit(client: RawClient, seq: number, version: number, text: string): Promise<unknown> {
  client.submit(seq, version, [insert(0, text)]);
  const ack = await client.answerTo(seq);
  expect(ack).toMatchObject({ type: 'ack', version: version + 1 });
  return ack['timestamp'];
}

it('V3 and J7: a restored copy of the data folder is a fork for who saw more, and only for them (FO15)', async () => {
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument({ content: 'common ' });
  const { client: ahead, answer } = await owner.join(id);
  const { clientId } = ahead;
  const base = { version: 1, timestamp: answer['timestamp'] };
  const second = { version: 2, timestamp: await commit(ahead, 1, 1, 'b ') };
  await server.stop();
  await cp(server.dataFolder, path.join(folder, 'copy'), { recursive: true });

  await server.start();
  const later = await owner.join(id, { clientId, join: second });
  expect(later.answer).toMatchObject({ type: 'document-sync', updates: [], seq: 1 });
  const third = { version: 3, timestamp: await commit(later.client, 2, 2, 'lost ') };
  const fourth = { version: 4, timestamp: await commit(later.client, 3, 3, 'lost too ') };
  await server.stop();

  await rm(server.dataFolder, { recursive: true });
  await cp(path.join(folder, 'copy'), server.dataFolder, { recursive: true });
  await server.start();

  // The cookie still holds: the secret came back with the data.
  expect((await owner.get('/api/session')).status).toBe(200);
  const forked = { type: 'document-init', reason: 'fork', version: 2, content: 'b common ', seq: 1 };
  const back = await owner.join(id, { clientId, join: fourth });
  expect(back.answer).toMatchObject(forked);

  // The other history reaches the same number; the timestamp tells them apart.
  const other = await owner.join(id);
  await commit(other.client, 1, 2, 'new ');
  const third2 = await owner.join(id, { clientId, join: third });
  expect(third2.answer).toMatchObject({ ...forked, version: 3, content: 'new b common ' });
  expect(third2.answer['timestamp']).not.toBe(third.timestamp);
  // seq goes on from what this history knows.
  third2.client.submit(3, 3, [insert(0, 'x')]);
  expect(await third2.client.answerTo(3)).toMatchObject({ type: 'error', code: 'seq_gap' });
  await commit(third2.client, 2, 3, 'again ');

  // Who saw no more than the copy holds is told what they missed, one by one.
  for (const [known, count] of [
    [{ version: 0, timestamp: 0 }, 4],
    [base, 3],
    [second, 2],
    [{ version: 2 }, 2],
  ] as const) {
    const { answer: sync, client } = await owner.join(id, { join: known });
    expect(sync).toMatchObject({ type: 'document-sync', version: 4 });
    expect((sync['updates'] as { version: number }[]).map(({ version }) => version)).toEqual(
      [1, 2, 3, 4].slice(-count),
    );
    client.cut();
  }
  for (const known of [{ version: 0, timestamp: 1 }, { version: 2, timestamp: 1 }, fourth, { version: 5 }]) {
    const { answer: init, client } = await owner.join(id, { join: known });
    expect(init, JSON.stringify(known)).toMatchObject({ type: 'document-init', reason: 'fork', version: 4 });
    client.cut();
  }
});

it('H8 and H6: a tag of the lost history does not match the restored one', async () => {
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument({ content: 'now' });
  const { timestamp } = await owner.read(id);
  const lost = `"1-${timestamp - 1}"`;
  const path = `/api/documents/${id}/content`;
  expect((await owner.get(path, { 'if-none-match': lost })).status).toBe(200);
  expect(await owner.send('PUT', path, 'x', { 'if-match': lost })).toMatchObject({
    status: 412,
    code: 'version_conflict',
  });
});

it('J7 who missed more than the text is worth gets the text: behind, with seq', async () => {
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument({ content: 'short' });
  const { client, answer } = await owner.join(id);
  const known = { version: 1, timestamp: answer['timestamp'] };
  client.submit(1, 1, [insert(0, 'x'.repeat(700_000))]);
  await client.answerTo(1);
  client.submit(2, 2, [{ type: 'delete', from: 0, to: 700_000 }]);
  await client.answerTo(2);
  const back = await owner.join(id, { clientId: client.clientId, join: known });
  expect(back.answer).toMatchObject({ type: 'document-init', reason: 'behind', version: 3, content: 'short', seq: 2 });
});
