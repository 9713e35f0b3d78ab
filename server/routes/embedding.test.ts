import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddingBody } from '../../shared/protocol/http.ts';
import { goodClaims, JWT_SECRET, signToken } from '../../testing/token-maker.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

const APP = 'https://app.example';
const WIKI = 'https://wiki.example';
const SETTINGS = { WEFT_JWT_SECRET: JWT_SECRET };

let kit: AppKit;
let owner: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { ...SETTINGS, WEFT_MAX_EMBED_ORIGINS: '2' } });
  await kit.listen();
  owner = await kit.guest();
});
afterAll(() => kit.close());

const narrow = (id: string, embedOrigins: readonly string[] | null) =>
  owner.send('PATCH', `/api/documents/${id}`, { body: { embedOrigins } });

describe('M6 whose pages may embed a document', () => {
  it('is set, told and seen by owners alone, written as browsers write it', async () => {
    const id = await owner.makeDocument();
    expect((await owner.get(`/api/documents/${id}`)).json()).toMatchObject({ embedOrigins: null });
    const set = await narrow(id, ['HTTPS://App.Example:443/', APP, ` ${WIKI}`]);
    expect(set.json()).toMatchObject({ embedOrigins: [APP, WIKI] });
    expect((await owner.get(`/api/documents/${id}`)).json()).toMatchObject({ embedOrigins: [APP, WIKI] });
    const other = await kit.guest();
    expect((await other.get(`/api/documents/${id}`)).json()).not.toHaveProperty('embedOrigins');
    const refused = await other.send('PATCH', `/api/documents/${id}`, { body: { embedOrigins: null } });
    expect(refused.statusCode).toBe(403);
    expect((await narrow(id, null)).json()).toMatchObject({ embedOrigins: null });
  });

  it.each([[['app.example']], [['https://app.example/path']], [['*']], [[APP, WIKI, 'https://third.example']]])(
    'is not set to %j',
    async (origins) => {
      const id = await owner.makeDocument();
      const response = await narrow(id, origins);
      expect([response.statusCode, response.json().error.code]).toEqual([400, 'bad_message']);
      expect((await owner.get(`/api/documents/${id}`)).json()).toMatchObject({ embedOrigins: null });
    },
  );

  it.each([[[]], [[WIKI]]])(
    'keeps pages of others out where it is %j, on every route of the document',
    async (origins) => {
      const id = await owner.makeDocument();
      await narrow(id, origins);
      const url = `/api/documents/${id}`;
      const headers = { origin: APP };
      const answers = [
        await kit.caller().get(url, headers),
        await kit.caller().get(`${url}/content`, headers),
        await kit.caller().send('POST', `${url}/operations`, { headers, body: { version: 0, operations: [] } }),
        await kit.caller().send('POST', `${url}/links/redeem`, { headers, body: { secret: 'x'.repeat(43) } }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
      const socket = new RawClient(`ws://127.0.0.1:${kit.port}/live/${id}`, { headers });
      expect((await socket.closed()).status).toBe(403);
      for (const answer of answers) expect(answer.json().error.message).toContain(APP);
      expect((await kit.caller().get(url)).statusCode).toBe(200);
      expect((await kit.caller().get(url, { host: 'weft.example', origin: 'https://weft.example' })).statusCode).toBe(
        200,
      );
      if (origins.length > 0) expect((await kit.caller().get(url, { origin: WIKI })).statusCode).toBe(200);
    },
  );

  it('says nothing of a document that may not be seen (E3)', async () => {
    const id = await owner.makeDocument({ linkAccess: 'none' });
    await narrow(id, []);
    expect((await kit.caller().get(`/api/documents/${id}`, { origin: APP })).statusCode).toBe(404);
  });

  it('is never wider than the server allows', async () => {
    const narrower = await AppKit.open({ settings: { WEFT_ORIGINS: WIKI } });
    const mina = await narrower.guest();
    const id = await mina.makeDocument();
    await mina.send('PATCH', `/api/documents/${id}`, { body: { embedOrigins: [APP] } });
    const statuses: number[] = [];
    for (const origin of [APP, WIKI]) {
      statuses.push((await narrower.caller().get(`/api/documents/${id}`, { origin })).statusCode);
    }
    await narrower.close();
    expect(statuses).toEqual([403, 403]);
  });

  it('G6 ends what is open in pages that it no longer names, with 4403, also after a fresh token', async () => {
    const id = await owner.makeDocument();
    const url = `ws://127.0.0.1:${kit.port}/live/${id}?credentials=omit`;
    const from = async (origin?: string) =>
      (await RawClient.join(url, { headers: { ...(origin !== undefined && { origin }) } })).client;
    const token = (): Promise<string> => signToken(goodClaims());
    const renewed = new RawClient(url, { headers: { origin: APP } });
    await renewed.opened();
    renewed.send({ type: 'join', clientId: renewed.clientId, token: await token() });
    await renewed.next(({ type }) => type === 'document-init');
    renewed.send({ type: 'authenticate', token: await token() });
    await renewed.next(({ type }) => type === 'authenticated');
    const [app, wiki, program] = [await from(APP), await from(WIKI), await from()];
    const own = await from(`http://127.0.0.1:${kit.port}`);
    expect((await narrow(id, [WIKI])).statusCode).toBe(200);
    for (const client of [app, renewed]) expect((await client.closed()).code).toBe(4403);
    for (const client of [wiki, program, own]) {
      client.send({ type: 'submit', seq: 1, version: 0, operations: [{ type: 'insert', position: 0, text: 'x' }] });
      expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    }
  });
});

describe('H19 the question whether a page may embed a document', () => {
  async function ask(
    settings: Record<string, string>,
    origin: string,
    { embedOrigins = null, linkAccess = 'view', headers = {} } = {},
  ): Promise<EmbeddingBody> {
    const server = await AppKit.open({ settings: { ...SETTINGS, ...settings } });
    const token = await signToken(goodClaims());
    const authorization = { authorization: `Bearer ${token}` };
    const caller = server.caller();
    const made = await caller.send('POST', '/api/documents', { body: { linkAccess }, headers: authorization });
    const url = `/api/documents/${made.json<{ id: string }>().id}`;
    await caller.send('PATCH', url, { body: { embedOrigins }, headers: authorization });
    const query = `origin=${encodeURIComponent(origin)}`;
    const response = await caller.get(`${url}/embedding?${query}`, {
      host: 'weft.example',
      'x-forwarded-proto': 'https',
      ...headers,
      ...authorization,
    });
    await server.close();
    return response.json();
  }
  const TLS = { WEFT_TRUST_PROXY: 'true' };
  const codes = ({ element, frame, guests }: EmbeddingBody) =>
    [element, frame, guests].map(({ allowed, reason }) => (allowed ? 'yes' : reason!.code));

  it.each([
    ['nothing is set', {}, {}, ['yes', 'frames_off', 'yes']],
    ['the server names it', { WEFT_ORIGINS: APP }, {}, ['yes', 'yes', 'yes']],
    ['the server lets all', { WEFT_ORIGINS: '*' }, {}, ['yes', 'yes', 'yes']],
    ['the server names others', { WEFT_ORIGINS: WIKI }, {}, ['server_setting', 'server_setting', 'yes']],
    ['the link opens nothing', { WEFT_ORIGINS: APP }, { linkAccess: 'none' }, ['yes', 'yes', 'link_access_none']],
    ['guests are off', { WEFT_ORIGINS: APP, WEFT_GUESTS: 'off' }, {}, ['yes', 'yes', 'guests_off']],
  ])('where %s', async (_case, settings, document, expected) => {
    expect(codes(await ask({ ...TLS, ...settings }, `${APP}/`, document))).toEqual(expected);
  });

  it('where the owner narrowed it, says so in words', async () => {
    const answer = await ask({ ...TLS, WEFT_ORIGINS: '*' }, 'HTTPS://App.example', { embedOrigins: [] as never });
    expect(answer).toMatchObject({ origin: APP, guests: { allowed: true, role: 'viewer' } });
    const reason = { code: 'document_setting', message: expect.stringContaining('owner') };
    expect([answer.element.reason, answer.frame.reason]).toEqual([reason, reason]);
  });

  it('of our own page is always yes', async () => {
    const answer = await ask({ ...TLS, WEFT_ORIGINS: WIKI }, 'https://weft.example', { embedOrigins: [] as never });
    expect(codes(answer)).toEqual(['yes', 'yes', 'yes']);
  });

  it.each([
    ['a server without TLS', {}, APP, 'insecure_server'],
    ['a page without TLS', {}, 'http://app.example', 'yes'],
    ['a server on this machine', { host: 'localhost:3000' }, APP, 'yes'],
    ['TLS that ends at a proxy which is not trusted', { 'sec-fetch-site': 'same-origin' }, APP, 'yes'],
  ])('and %s', async (_case, headers, origin, expected) => {
    const [element, frame] = codes(await ask({ WEFT_ORIGINS: '*' }, origin, { headers }));
    expect([element, frame]).toEqual([expected, expected]);
  });

  it('is refused for what is no origin', async () => {
    const id = await owner.makeDocument();
    const response = await owner.get(`/api/documents/${id}/embedding?origin=app.example`);
    expect([response.statusCode, response.json().error.code]).toEqual([400, 'bad_message']);
  });
});
