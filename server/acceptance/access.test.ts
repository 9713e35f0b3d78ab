import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { newClientId, type Message } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { insert } from '../../testing/wire-text.ts';

let server: ServerProcess;
let owner: Stranger;
let other: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url);
  other = await Stranger.guest(server.url);
});
afterAll(() => server.dispose());

const userOf = (answer: Message): string => (answer['session'] as { user: { id: string } }).user.id;

it("J5 FA9 every visitor who keeps nothing is somebody else, and has nobody's rights", async () => {
  const id = await owner.makeDocument();
  const users = new Set<string>();
  for (let visit = 0; visit < 10; visit += 1) {
    const { answer } = await new Stranger(server.url).join(id);
    expect(answer['session']).toMatchObject({ role: 'editor' });
    users.add(userOf(answer));
    const made = await new Stranger(server.url).send('POST', '/api/documents', {});
    const mine = new Stranger(server.url);
    mine.cookie = made.headers.getSetCookie()[0]!.split(';')[0];
    users.add(((await mine.get('/api/session')).json!['user'] as { id: string }).id);
  }
  expect(users.size).toBe(20);
  const visitor = new Stranger(server.url);
  expect((await visitor.send('DELETE', `/api/documents/${id}`)).status).toBe(403);
  expect((await new Stranger(server.url).get('/api/documents')).json).toEqual({ documents: [] });
});

describe('what the link gives', () => {
  it.each([
    ['none', undefined, 404, 404, 404, 404],
    ['view', 'viewer', 200, 403, 403, 403],
    ['comment', 'commenter', 200, 403, 403, 403],
    ['edit', 'editor', 200, 200, 200, 403],
  ])('H2, H4, E3: %s', async (linkAccess, role, reads, writes, renames, deletes) => {
    const id = await owner.makeDocument({ content: 'x', linkAccess });
    const at = `/api/documents/${id}`;
    const submission = { version: 1, operations: [insert(0, 'a')] };
    for (const who of [other, new Stranger(server.url)]) {
      const statuses = {
        reads: [
          (await who.get(at)).status,
          (await who.get(`${at}/content`)).status,
          (await who.get(`${at}/changes`)).status,
        ],
        writes: [
          (await who.send('POST', `${at}/operations`, submission)).status,
          (await who.send('PUT', `${at}/content`, 'new')).status,
        ],
        renames: (await who.send('PATCH', at, { title: 'Theirs' })).status,
        shares: (await who.send('PATCH', at, { linkAccess: 'edit' })).status,
        deletes: (await who.send('DELETE', at)).status,
      };
      expect(statuses).toEqual({
        reads: [reads, reads, reads],
        writes: [writes, writes],
        renames,
        shares: deletes,
        deletes,
      });
      const client = await who.open(id);
      client.send({ type: 'join', clientId: client.clientId });
      if (role === undefined) {
        expect((await client.closed()).code).toBe(4404);
        expect(client.received).toMatchObject([{ type: 'error', code: 'not_found' }]);
      } else {
        const answer = await client.next(({ type }) => type === 'document-init');
        expect(answer['session']).toMatchObject({ role });
        client.submit(1, answer['version'] as number, [insert(0, 'b')]);
        const expected = role === 'editor' ? { type: 'ack' } : { type: 'error', code: 'forbidden', retryable: false };
        expect(await client.answerTo(1)).toMatchObject(expected);
        client.cut();
      }
    }
    expect((await owner.get(at)).json).toMatchObject({ role: 'owner', linkAccess });
  });

  it('G6 changes for live sockets: role-update, then 4403; the owner stays', async () => {
    const id = await owner.makeDocument();
    const mine = (await owner.join(id)).client;
    const { client } = await other.join(id);
    const patch = (fields: object) => owner.send('PATCH', `/api/documents/${id}`, fields);
    await patch({ linkAccess: 'view', title: 'Read only' });
    expect(await client.next(({ type }) => type === 'document-meta')).toMatchObject({ title: 'Read only' });
    expect(await client.next(({ type }) => type === 'role-update')).toMatchObject({ role: 'viewer' });
    client.submit(1, 0, [insert(0, 'a')]);
    expect(await client.answerTo(1)).toMatchObject({ code: 'forbidden', seq: 1 });
    await patch({ linkAccess: 'edit' });
    await client.next(({ type, role }) => type === 'role-update' && role === 'editor');
    const from = client.received.length;
    client.submit(1, 0, [insert(0, 'a')]);
    expect(await client.answerTo(1, from)).toMatchObject({ type: 'ack', version: 1 });
    await patch({ linkAccess: 'none' });
    expect((await client.closed()).code).toBe(4403);
    mine.submit(1, 1, [insert(0, 'b')]);
    expect(await mine.answerTo(1)).toMatchObject({ type: 'ack', version: 2 });
    expect(mine.received.filter(({ type }) => type === 'role-update')).toEqual([]);
  });

  it('H5 the trash is 404 for everybody and 4404 for live sockets; the owner takes documents out again (FO16)', async () => {
    const id = await owner.makeDocument({ content: 'kept' });
    const at = `/api/documents/${id}`;
    const [mine, theirs] = [(await owner.join(id)).client, (await other.join(id)).client];
    expect((await owner.send('DELETE', at)).status).toBe(204);
    expect([(await mine.closed()).code, (await theirs.closed()).code]).toEqual([4404, 4404]);
    for (const who of [owner, other, new Stranger(server.url)]) {
      const answers = await Promise.all([
        who.get(at),
        who.get(`${at}/content`),
        who.get(`${at}/changes`),
        who.send('PUT', `${at}/content`, 'x'),
        who.send('POST', `${at}/operations`, { version: 1, operations: [insert(0, 'x')] }),
        who.send('PATCH', at, { title: 'x' }),
        who.send('DELETE', at),
      ]);
      expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(Array(7).fill('404 not_found'));
      expect((await who.dial(id).closed()).status).toBe(404);
    }
    expect((await other.send('PATCH', at, { trashed: false })).status).toBe(404);
    const ids = async (query: string): Promise<unknown[]> =>
      ((await owner.get(`/api/documents?limit=200${query}`)).json!['documents'] as { id: string }[]).map(
        (one) => one.id,
      );
    expect(await ids('')).not.toContain(id);
    expect(await ids('&trash=true')).toContain(id);
    expect((await owner.send('PATCH', at, { trashed: false })).status).toBe(200);
    expect(await owner.read(id)).toMatchObject({ text: 'kept', version: 1 });
    const back = await owner.join(id, { clientId: mine.clientId });
    expect(back.answer).toMatchObject({ version: 1, content: 'kept' });
  });
});

describe('who one is', () => {
  it('J4 and H1: an invalid credential is 401 wherever somebody is asked, and POST /api/session replaces the cookie', async () => {
    const id = await owner.makeDocument();
    const at = `/api/documents/${id}`;
    const requests: [string, string, (object | string)?][] = [
      ['GET', '/api/session'],
      ['DELETE', '/api/session'],
      ['POST', '/api/documents', {}],
      ['GET', '/api/documents'],
      ['GET', at],
      ['PATCH', at, { title: 'x' }],
      ['DELETE', at],
      ['GET', `${at}/content`],
      ['PUT', `${at}/content`, 'x'],
      ['POST', `${at}/operations`, { version: 0, operations: [insert(0, 'x')] }],
      ['GET', `${at}/changes`],
      ['GET', '/api/documents/nothing'],
    ];
    const forged = `${owner.cookie!.slice(0, -4)}AAAA`;
    const invalid: Record<string, string>[] = [
      { cookie: forged },
      { cookie: 'weft_session=' },
      { authorization: 'Bearer x.y.z' },
    ];
    for (const credential of invalid) {
      for (const [method, path, body] of requests) {
        const answer = await new Stranger(server.url).send(method, path, body, credential);
        expect([method, path, answer.status, answer.code]).toEqual([method, path, 401, 'unauthenticated']);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    }
    const lost = new Stranger(server.url);
    const replaced = await lost.send('POST', '/api/session', {}, { cookie: forged });
    expect(replaced.status).toBe(200);
    expect(replaced.headers.getSetCookie()[0]).toMatch(/^weft_session=.*HttpOnly/);
    expect((await lost.get('/api/session')).json).toEqual(replaced.json);
    const token = await owner.open(id);
    token.send({ type: 'join', clientId: token.clientId, token: 'eyJ.e30.x' });
    expect((await token.closed()).code).toBe(4401);
    expect(token.received).toMatchObject([{ type: 'error', code: 'unauthenticated' }]);
    const { client } = await owner.join(id);
    client.send({ type: 'authenticate', token: 'eyJ.e30.x' });
    expect((await client.closed()).code).toBe(4401);
  });

  it('J5 the same clientId is the same guest, on the socket and over HTTP, and the same session (FA9)', async () => {
    const id = await owner.makeDocument();
    const nobody = new Stranger(server.url);
    const clientId = newClientId();
    const first = await nobody.join(id, { clientId });
    first.client.cut();
    const again = await nobody.join(id, { clientId, join: { name: 'Another name' } });
    expect(again.answer['session']).toMatchObject({
      id: (first.answer['session'] as { id: string }).id,
      user: { id: userOf(first.answer), name: 'Another name' },
    });
    const elsewhere = await nobody.join(await owner.makeDocument(), { clientId });
    expect((elsewhere.answer['session'] as { id: string }).id).not.toBe((first.answer['session'] as { id: string }).id);
    const posted = await nobody.send('POST', `/api/documents/${id}/operations`, {
      ...{ clientId, seq: 1, version: 0 },
      operations: [insert(0, 'a')],
    });
    expect(posted.status).toBe(200);
    const { json } = await nobody.get(`/api/documents/${id}/changes`);
    expect(json!['changes']).toMatchObject([{ version: 1, userId: userOf(first.answer) }]);
  });

  it('G4 nobody else may use a clientId, on the socket or over HTTP, now or after a restart (FO9)', async () => {
    const id = await owner.makeDocument({ content: 'secret' });
    const { client } = await owner.join(id);
    const { clientId } = client;
    const steal = async (who: Stranger): Promise<void> => {
      const thief = await who.open(id, { clientId });
      thief.send({ type: 'join', clientId });
      const refusal = await thief.next(() => true);
      expect(refusal).toMatchObject({ type: 'error', code: 'client_taken', retryable: false });
      expect(Object.keys(refusal).sort()).toEqual(['code', 'message', 'retryable', 'type']);
      thief.cut();
      const posted = await who.send('POST', `/api/documents/${id}/operations`, {
        ...{ clientId, seq: 1, version: 1 },
        operations: [insert(0, 'a')],
      });
      expect([posted.status, posted.code]).toEqual([403, 'client_taken']);
    };
    await steal(other);
    await steal(new Stranger(server.url));
    client.submit(1, 1, [insert(0, 'mine ')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 2 });
    await server.restart();
    await steal(other);
    expect(await owner.read(id)).toMatchObject({ text: 'mine secret', version: 2 });
  });

  it('G4 a newer socket of the same client takes over with 4409, and gets the answer of the older one', async () => {
    const id = await owner.makeDocument();
    const { client } = await owner.join(id);
    const { clientId } = client;
    client.submit(1, 0, [insert(0, 'a')]);
    const newer = await owner.join(id, { clientId, join: { version: 0, timestamp: 0 } });
    expect((await client.closed()).code).toBe(4409);
    newer.client.submit(1, 0, [insert(0, 'a')]);
    expect(await newer.client.answerTo(1)).toMatchObject({ type: 'ack', seq: 1, version: 1 });
    newer.client.submit(2, 1, [insert(0, 'b')]);
    expect(await newer.client.answerTo(2)).toMatchObject({ type: 'ack', version: 2 });
    expect(newer.client.ending).toBeUndefined();
    expect(newer.answer['count']).toBe(1);
    expect(await owner.read(id)).toMatchObject({ text: 'ba', version: 2 });
  });
});
