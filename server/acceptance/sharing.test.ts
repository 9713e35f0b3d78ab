import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { userIdOf } from '../../testing/visitors.ts';
import { insert } from '../../testing/wire-text.ts';

let server: ServerProcess;
let owner: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_LOG_LEVEL: 'trace' } });
  owner = await Stranger.guest(server.url);
}, 120_000);
afterAll(() => server.dispose());

interface Made {
  readonly id: string;
  readonly secret: string;
}

/** Makes a share link, and hands back its id and secret. */
async function makeLink(documentId: string, fields: object): Promise<Made> {
  const answer = await owner.send('POST', `/api/documents/${documentId}/links`, fields);
  return answer.json as unknown as Made;
}

/** A client without a cookie that brings a link. */
async function joinBy(documentId: string, link: object, clientId?: string): Promise<RawClient> {
  const client = new RawClient(server.socketUrl(documentId), clientId === undefined ? {} : { clientId });
  await client.opened();
  client.send({ type: 'join', clientId: client.clientId, link });
  return client;
}

const roleIn = (client: RawClient): Promise<unknown> =>
  client.next(({ type }) => type === 'document-init').then(({ session }) => (session as { role: string }).role);

describe('a hundred edits from ten tabs in flight', () => {
  it.each(['removed', 'made a viewer', 'cut off with the link they came by'])(
    'G6 FA6: all come before the cut or are refused, when their author is %s',
    async (how) => {
      const id = await owner.makeDocument({ linkAccess: 'none' });
      const url = `/api/documents/${id}`;
      const link = await makeLink(id, { role: 'editor' });
      const mina = await Stranger.guest(server.url);
      const userId = await userIdOf(mina);
      if (how === 'cut off with the link they came by')
        await mina.send('POST', `${url}/links/redeem`, { secret: link.secret });
      else await owner.send('PUT', `${url}/members/${userId}`, { role: 'editor' });
      const tabs = await Promise.all(Array.from({ length: 10 }, () => mina.join(id)));
      for (const { client } of tabs) {
        for (let seq = 1; seq <= 10; seq += 1) client.submit(seq, 0, [insert(0, 'x')]);
      }
      const cut =
        how === 'removed'
          ? await owner.send('DELETE', `${url}/members/${userId}`)
          : how === 'made a viewer'
            ? await owner.send('PUT', `${url}/members/${userId}`, { role: 'viewer' })
            : await owner.send('DELETE', `${url}/links/${link.id}`);
      expect(cut.status).toBeLessThan(300);
      // The cut has been made: from here on the text is the owner's alone.
      const { version, text } = await owner.read(id);
      expect(text).toBe('x'.repeat(version));
      for (const { client } of tabs) {
        if (how !== 'made a viewer') {
          expect((await client.closed()).code).toBe(4403);
          continue;
        }
        for (let seq = 1; seq <= 10; seq += 1) {
          const answer = await client.answerTo(seq);
          if (answer.type === 'ack') expect(answer['version']).toBeLessThanOrEqual(version);
          else expect(answer).toMatchObject({ code: 'forbidden', retryable: false });
        }
        client.submit(99, 0, [insert(0, 'late')]);
        expect(await client.answerTo(99)).toMatchObject({ code: 'forbidden' });
        client.cut();
      }
      const mine = (await owner.join(id)).client;
      mine.submit(1, version, [insert(0, 'mine ')]);
      expect(await mine.answerTo(1)).toMatchObject({ type: 'ack', version: version + 1 });
      expect((await owner.read(id)).text).toBe(`mine ${text}`);
      mine.cut();
    },
    30_000,
  );
});

describe('a share link in join', () => {
  it('N2 gives its role to a client without cookies, now and when it comes back without it', async () => {
    const id = await owner.makeDocument({ linkAccess: 'none', content: 'text' });
    const { id: linkId, secret } = await makeLink(id, { role: 'editor' });
    const client = await joinBy(id, { secret });
    expect(await roleIn(client)).toBe('editor');
    client.submit(1, 1, [insert(0, 'a')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    client.cut();
    const again = new RawClient(server.socketUrl(id), { clientId: client.clientId });
    await again.opened();
    again.send({ type: 'join', clientId: again.clientId });
    expect(await roleIn(again)).toBe('editor');
    const posted = await new Stranger(server.url).send('POST', `/api/documents/${id}/operations`, {
      ...{ clientId: again.clientId, seq: 2, version: 2 },
      operations: [insert(0, 'b')],
    });
    expect(posted.status).toBe(200);
    await owner.send('DELETE', `/api/documents/${id}/links/${linkId}`);
    expect((await again.closed()).code).toBe(4403);
    const late = await joinBy(id, { secret }, client.clientId);
    expect((await late.closed()).code).toBe(4404);
    expect(late.received).toMatchObject([{ type: 'error', code: 'not_found' }]);
  });

  it('N2 that gives nothing leaves the client what it has without it', async () => {
    const id = await owner.makeDocument({ linkAccess: 'view' });
    const client = await joinBy(id, { secret: 'A'.repeat(34) });
    expect(await roleIn(client)).toBe('viewer');
    client.cut();
  });

  it('N4 asks for its password, and takes it on the same socket', async () => {
    const id = await owner.makeDocument({ linkAccess: 'none' });
    const { secret } = await makeLink(id, { role: 'commenter', password: 'open sesame' });
    const client = await joinBy(id, { secret });
    expect(await client.next(() => true)).toMatchObject({ code: 'password_required', retryable: false });
    client.send({ type: 'join', clientId: client.clientId, link: { secret, password: 'sesame' } });
    expect(await client.next(() => true, 1)).toMatchObject({ code: 'wrong_password', retryable: false });
    client.send({ type: 'join', clientId: client.clientId, link: { secret, password: 'open sesame' } });
    expect(await roleIn(client)).toBe('commenter');
    client.cut();
    expect(server.output).not.toContain('sesame');
    expect(server.output).not.toContain(secret);
  });

  it('N2 and N3 raise a role on sockets that are open already, and take it back when they are revoked', async () => {
    const id = await owner.makeDocument({ linkAccess: 'view' });
    const mina = await Stranger.guest(server.url);
    const { client } = await mina.join(id);
    const { id: linkId, secret } = await makeLink(id, { role: 'editor' });
    await mina.send('POST', `/api/documents/${id}/links/redeem`, { secret });
    expect(await client.next(({ type }) => type === 'role-update')).toMatchObject({ role: 'editor' });
    await owner.send('DELETE', `/api/documents/${id}/links/${linkId}`);
    expect(await client.next(({ type, role }) => type === 'role-update' && role !== 'editor')).toMatchObject({
      role: 'viewer',
    });
    client.cut();
  });
});
