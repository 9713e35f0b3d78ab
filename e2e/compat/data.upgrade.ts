import { expect } from '@playwright/test';
import { Stranger } from '../../testing/stranger.ts';
import { signToken } from '../../testing/token-maker.ts';
import { test, weft } from './older.ts';

const HOUR = 3600;
const PASSWORD = 'sesame';

/** What `who` can read of everything: the list, the trash, and of each document the text of every version, the log and the access. */
async function readAll(who: Stranger, ids: readonly string[], headers: Record<string, string> = {}): Promise<unknown> {
  const answered = async (path: string): Promise<unknown> => {
    const { status, json, text, headers: told } = await who.get(path, headers);
    return { status, body: json ?? text, version: told.get('weft-version'), etag: told.get('etag') };
  };
  const seen: Record<string, unknown> = {
    self: await answered('/api/session'),
    list: await answered('/api/documents?limit=200'),
    trash: await answered('/api/documents?trash=true&limit=200'),
  };
  for (const id of ids) {
    const url = `/api/documents/${id}`;
    const paths = ['', '/access', '/content', '/changes?limit=1000', '/changes?after=100&limit=7'];
    const newest = Number((await who.get(`${url}/content`, headers)).headers.get('weft-version'));
    for (let version = 0; version <= newest; version += 7) paths.push(`/content?version=${version}`);
    for (const path of paths) seen[`${id}${path}`] = await answered(`${url}${path}`);
  }
  return seen;
}

test('a data folder of the older server: texts, every version, roles, links, trash, cookies and guests are as they were', async ({
  server,
  upgrade,
}) => {
  const guest = (name: string): Promise<Stranger> => Stranger.guest(server.url, { name });
  const [owner, editor, viewer, redeemed, outsider] = [
    await guest('Ada'),
    await guest('민아'),
    await guest('Vic'),
    await guest('Lin'),
    await guest('Out'),
  ];
  const userId = async (who: Stranger): Promise<string> =>
    ((await who.get('/api/session')).json!['user'] as { id: string }).id;
  const expires = Math.floor(Date.now() / 1000) + HOUR;
  const token = await signToken({ sub: 'account', name: 'An account', aud: 'weft', exp: expires });
  const asAccount = { authorization: `Bearer ${token}` };
  const nobody = new Stranger(server.url);

  const notes = await owner.makeDocument({ title: 'Notes 📝', content: 'First line.\n', linkAccess: 'none' });
  const open = await owner.makeDocument({ title: 'Open', content: 'For all.', linkAccess: 'edit' });
  const trashed = await owner.makeDocument({ title: 'Old', content: 'In the trash.' });
  const theirs = await nobody.send('POST', '/api/documents', { title: 'Of an account', content: 'x' }, asAccount);
  const ids = [notes, open, trashed, theirs.json!['id'] as string];
  const url = `/api/documents/${notes}`;
  await owner.send('PUT', `${url}/members/${await userId(editor)}`, { role: 'editor' });
  await owner.send('PUT', `${url}/members/${await userId(viewer)}`, { role: 'viewer' });
  await owner.send('PUT', `${url}/members/account`, { role: 'commenter' });
  const makeLink = async (fields: object): Promise<{ id: string; secret: string }> =>
    (await owner.send('POST', `${url}/links`, fields)).json as unknown as { id: string; secret: string };
  const plain = await makeLink({ role: 'editor', name: 'Class 7b' });
  const locked = await makeLink({ role: 'viewer', password: PASSWORD });
  const revoked = await makeLink({ role: 'editor' });
  expect((await redeemed.send('POST', `${url}/links/redeem`, { secret: plain.secret })).status).toBe(200);
  await owner.send('DELETE', `${url}/links/${revoked.id}`);
  await owner.send('DELETE', `/api/documents/${trashed}`);

  // Changes one by one and in runs; half of them in the form of chunks, half as they were written.
  const write = async (who: Stranger, from: number, count: number): Promise<void> => {
    const { client, answer } = await who.join(notes);
    let version = answer['version'] as number;
    for (let seq = 1; seq <= count; seq += 1) {
      const text = seq % 5 === 0 ? `${from + seq}. 나비 🦋\n` : 'a';
      client.submit(seq, version, [{ type: 'insert', position: 0, text }]);
      version = (await client.answerTo(seq))['version'] as number;
    }
    client.close();
    await client.closed();
  };
  await write(owner, 0, 120);
  await write(editor, 1000, 60);
  expect(await server.stop()).toBe(0);
  weft(server, 'compact');
  await server.start();
  await write(editor, 2000, 60);
  const put = await owner.send('PUT', `${url}/content`, `${(await owner.read(notes)).text}The end.\n`);
  expect(put.status).toBe(200);
  // In the end, a submission whose answer its author does not live to see.
  const unanswered = await editor.join(notes);
  const base = unanswered.answer['version'] as number;
  unanswered.client.submit(1, base, [{ type: 'insert', position: 0, text: 'Unanswered. ' }]);
  const ack = await unanswered.client.answerTo(1);

  const readByAll = async (): Promise<unknown> => {
    // Who is there goes with the process.
    unanswered.client.cut();
    return {
      owner: await readAll(owner, ids),
      editor: await readAll(editor, ids),
      viewer: await readAll(viewer, ids),
      redeemed: await readAll(redeemed, ids),
      outsider: await readAll(outsider, ids),
      account: await readAll(nobody, ids, asAccount),
      nobody: await readAll(nobody, ids),
    };
  };
  await expect
    .poll(async () => {
      unanswered.client.cut();
      return (await owner.get(url)).json!['presentCount'];
    })
    .toBe(0);
  const before = await readByAll();

  await upgrade('kill');
  // The newer server may tell more, never something else.
  expect(await readByAll()).toMatchObject(before as Record<string, unknown>);
  weft(server, 'verify');

  // What was in flight is known, under its clientId and number.
  const { clientId } = unanswered.client;
  const again = await editor.join(notes, { clientId, join: { version: base, compact: true } });
  expect(again.answer).toMatchObject({ type: 'document-sync', version: ack['version'], seq: 1 });
  again.client.submit(1, base, [{ type: 'insert', position: 0, text: 'Unanswered. ' }]);
  expect(await again.client.answerTo(1)).toMatchObject({ type: 'ack', version: ack['version'] });
  again.client.close();

  // Links and roles still give what they gave, and no more.
  const redeem = async (secret: string, password?: string): Promise<number> => {
    const fields = { secret, ...(password !== undefined && { password }) };
    return (await (await guest('New')).send('POST', `${url}/links/redeem`, fields)).status;
  };
  expect([await redeem(plain.secret), await redeem(locked.secret, PASSWORD)]).toEqual([200, 200]);
  expect([await redeem(locked.secret, 'wrong'), await redeem(revoked.secret)]).toEqual([403, 404]);
  const { version } = await owner.read(notes);
  const operations = [{ type: 'insert', position: 0, text: 'New. ' }];
  const submit = async (who: Stranger, headers = {}): Promise<number> =>
    (await who.send('POST', `${url}/operations`, { version, operations }, headers)).status;
  expect([await submit(viewer), await submit(outsider), await submit(nobody, asAccount)]).toEqual([403, 404, 403]);
  expect([await submit(editor), await submit(redeemed)]).toEqual([200, 200]);
  expect((await owner.read(notes)).text).toMatch(/^New\. New\. Unanswered\. /);
  expect((await owner.send('PATCH', `/api/documents/${trashed}`, { trashed: false })).status).toBe(200);
  expect((await owner.read(trashed)).text).toBe('In the trash.');

  // What both have written can be compacted and backed up.
  const withBoth = await readByAll();
  expect(await server.stop()).toBe(0);
  weft(server, 'compact');
  weft(server, 'verify');
  await server.start();
  expect(atOnce(await readByAll())).toEqual(atOnce(withBoth));
});

/** Without what the index of the lists writes some seconds later. */
function atOnce(read: unknown): unknown {
  const later = ['editedBy', 'openedAt', 'snippet', 'unseen'];
  return JSON.parse(JSON.stringify(read, (key, value: unknown) => (later.includes(key) ? undefined : value)));
}
