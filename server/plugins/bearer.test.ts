import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { forgeToken, goodClaims, JWT_SECRET, signToken } from '../../testing/token-maker.ts';
import { insert } from '../../shared/testing/operations.ts';

const TYPE = { 'content-type': 'text/plain' };
const bearer = async (changes: Record<string, unknown> = {}) => ({
  authorization: `Bearer ${await signToken(goodClaims(changes))}`,
});

let kit: AppKit;
let guest: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { WEFT_JWT_SECRET: JWT_SECRET } });
  guest = await kit.guest();
});
afterAll(() => kit.close());

/** Sends a request without a cookie. */
const send = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  headers: object,
  body?: object | string,
) => kit.app.inject({ method, url, headers: { ...headers }, ...(body !== undefined && { body }) });

describe('K3 a token in the Authorization header', () => {
  it('tells who makes, lists, changes, reads and deletes', async () => {
    const headers = await bearer();
    const { id } = (await send('POST', '/api/documents', headers, { title: 'Of Mina', linkAccess: 'none' })).json();
    const at = `/api/documents/${id}`;
    expect((await send('GET', '/api/documents', headers)).json().documents).toMatchObject([{ id, role: 'owner' }]);
    const answers = [
      await send('GET', at, headers),
      await send('PATCH', at, headers, { title: 'Renamed' }),
      await send('POST', `${at}/operations`, headers, { version: 0, operations: [insert(0, 'x')] }),
      await send('PUT', `${at}/content`, { ...headers, ...TYPE }, 'new'),
      await send('GET', `${at}/content`, headers),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.flatMap(({ cookies }) => cookies)).toEqual([]);
    const { changes } = (await send('GET', `${at}/changes`, headers)).json();
    expect(changes).toMatchObject([{ userId: 'mina' }, { userId: 'mina' }]);
    expect((await guest.get(at)).statusCode).toBe(404);
    expect((await send('GET', at, await bearer({ sub: 'jun' }))).statusCode).toBe(404);
    expect((await send('DELETE', at, headers)).statusCode).toBe(204);
  });

  it('H5 with documents puts these into the trash, but deletes none for good', async () => {
    const id = await guest.makeDocument();
    const headers = await bearer({ documents: [{ id, role: 'owner' }] });
    expect((await send('DELETE', `/api/documents/${id}`, headers)).statusCode).toBe(204);
    expect((await send('GET', '/api/documents?show=bin', headers)).json()).toEqual({ documents: [] });
    const read = async (role: string): Promise<unknown> =>
      (await send('GET', `/api/documents/${id}`, await bearer({ documents: [{ id, role }] }))).json().error.trashed;
    expect([await read('owner'), await read('editor')]).toEqual([true, undefined]);
    expect((await send('DELETE', `/api/bin/${id}`, headers)).statusCode).toBe(403);
    const [listed] = (await guest.get('/api/documents?show=bin')).json<{ documents: object[] }>().documents;
    expect(listed).toMatchObject({ id, role: 'owner' });
    expect((await guest.send('DELETE', `/api/bin/${id}`)).statusCode).toBe(204);
  });

  it('with documents opens these, and no list shows others', async () => {
    const id = await guest.makeDocument({ linkAccess: 'none' });
    const open = await guest.makeDocument({ linkAccess: 'edit' });
    const headers = await bearer({ documents: [{ id, role: 'viewer' }] });
    expect((await send('GET', `/api/documents/${id}`, headers)).json()).toMatchObject({ role: 'viewer' });
    expect((await send('GET', `/api/documents/${open}`, headers)).statusCode).toBe(404);
    await send('POST', '/api/documents', await bearer(), { title: 'Of the same user' });
    expect((await send('GET', '/api/documents', headers)).json().documents).toMatchObject([{ id, role: 'viewer' }]);
    expect((await send('POST', '/api/documents', headers, {})).statusCode).toBe(403);
    const submission = { version: 0, operations: [insert(0, 'x')] };
    expect((await send('POST', `/api/documents/${id}/operations`, headers, submission)).statusCode).toBe(403);
    expect((await send('POST', `/api/documents/${open}/operations`, headers, submission)).statusCode).toBe(404);
  });

  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'Basic bWluYTp4', 'x.y.z', `Bearer ${forgeToken({ alg: 'none' })}`])(
    'is refused as "%s"',
    async (authorization) => {
      const response = await send('GET', '/api/documents', { authorization });
      expect([response.statusCode, response.json().error.code]).toEqual([401, 'unauthenticated']);
    },
  );

  it('FW2 is refused in the query of a URL, also beside a good one', async () => {
    const headers = await bearer();
    for (const name of ['token', 'access_token']) {
      const { statusCode } = await send('GET', `/api/documents?${name}=${headers.authorization.slice(7)}`, headers);
      expect(statusCode).toBe(401);
    }
  });
});

it('K4 the token counts before the cookie, which is not looked at', async () => {
  for (const cookie of [`weft_session=${guest.cookie}`, 'weft_session=forged']) {
    const response = await send('GET', '/api/session', { ...(await bearer()), cookie });
    expect(response.json()).toMatchObject({ user: { id: 'mina' } });
  }
});

describe('K5 the session routes with a token', () => {
  it('H1 tell whom it names, and give no cookie', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const response = await send(method, '/api/session', await bearer({ color: '#2e67c6' }));
      expect(response.json()).toEqual({ user: { id: 'mina', name: 'Mina 민아', color: '#2e67c6' } });
      expect(response.cookies).toEqual([]);
    }
  });

  it.each([{ name: 'Somebody else' }, { color: '#2e67c6' }])('H1 neither rename nor make a guest: %j', async (body) => {
    const response = await send('POST', '/api/session', await bearer(), body);
    expect([response.statusCode, response.json().error.code]).toEqual([403, 'forbidden']);
    expect(response.cookies).toEqual([]);
    expect((await send('GET', '/api/session', await bearer())).json()).toMatchObject({ user: { name: 'Mina 민아' } });
  });

  it('make no user of a guest who brings an id', async () => {
    const response = await guest.send('POST', '/api/session', { body: { id: 'mina', sub: 'mina', name: 'Mina' } });
    expect(response.json().user.id).toMatch(/^guest_/);
  });
});

describe('J6 FW1 a page of another origin', () => {
  const foreign = { host: 'weft.example', origin: 'https://app.example' };

  it('that may embed documents is foreign to a cookie all the same', async () => {
    const embedding = await AppKit.open({ settings: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_ORIGINS: foreign.origin } });
    const visitor = await embedding.guest();
    const id = await visitor.makeDocument();
    const upgrade = { ...foreign, upgrade: 'websocket', connection: 'upgrade' };
    const answers = [
      await visitor.send('PATCH', `/api/documents/${id}`, { body: { title: 'x' }, headers: foreign }),
      await visitor.get(`/live/${id}`, upgrade),
      await visitor.get(`/live/${id}`, { ...upgrade, origin: 'null' }),
    ];
    await embedding.close();
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
  });

  it('may use a token, which no browser sends by itself', async () => {
    const headers = { ...foreign, ...(await bearer()) };
    expect((await send('POST', '/api/documents', headers, {})).statusCode).toBe(201);
  });
});

describe('K8 where guests are off', () => {
  const ROUTES = [
    ['GET', '/api/session'],
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['POST', '/api/documents'],
    ['GET', '/api/documents'],
    ['GET', '/api/documents/anything'],
    ['PUT', '/api/documents/anything/content'],
  ] as const;
  let closed: AppKit;
  beforeAll(async () => {
    closed = await AppKit.open({ settings: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_GUESTS: 'off' } });
  });
  afterAll(() => closed.close());

  it.each(ROUTES)('%s %s wants a token, and makes no guest', async (method, url) => {
    for (const cookie of ['', `weft_session=${guest.cookie}`]) {
      const response = await closed.app.inject({ method, url, headers: { cookie } });
      expect([response.statusCode, response.json().error.code]).toEqual([401, 'unauthenticated']);
      expect(response.json().error.message).toContain('takes no guests');
      expect(response.cookies).toEqual([]);
    }
  });

  it('a token counts as ever', async () => {
    const response = await closed.app.inject({ method: 'POST', url: '/api/documents', headers: await bearer() });
    expect(response.statusCode).toBe(201);
  });

  it('what asks nobody who they are goes on to answer', async () => {
    for (const url of ['/healthz', '/api/openapi.json']) expect((await closed.app.inject(url)).statusCode).toBe(200);
  });
});
