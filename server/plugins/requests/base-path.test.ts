import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../../testing/eventually.ts';
import { RawClient } from '../../../testing/raw-client.ts';
import { AppKit, type Caller } from '../../testing/app-kit.ts';
import { withoutBasePath } from './base-path.ts';

it.each([
  ['/weft', '/'],
  ['/weft/', '/'],
  ['/weft?show=bin', '/?show=bin'],
  ['/weft/?show=bin', '/?show=bin'],
  ['/weft/d/abc?debug', '/d/abc?debug'],
  ['/weft/weft/d', '/weft/d'],
  ['/weft//d//abc', '//d//abc'],
])('takes the base path off %s', (url, inner) => expect(withoutBasePath(url, '/weft')).toBe(inner));

it.each(['/', '/d/weft', '/weftier', '/weft.svg', '/Weft/d', '/weft%2Fd', '/d/abc?next=/weft/', '*', ''])(
  'leaves "%s" as it is',
  (url) => expect(withoutBasePath(url, '/weft')).toBe(url),
);

it.each(['/', '/d/abc', '/weft', '*', '?q'])('without a base path leaves "%s" as it is', (url) =>
  expect(withoutBasePath(url, '')).toBe(url === '?q' ? '/?q' : url),
);

describe('a server below /weft', () => {
  let kit: AppKit;
  let owner: Caller;
  let id: string;
  beforeAll(async () => {
    kit = await AppKit.open({ settings: { WEFT_BASE_PATH: '/weft' } });
    owner = await kit.guest();
    id = await owner.makeDocument({ content: 'text' });
  });
  afterAll(() => kit.close());

  it.each(['/weft', ''])('answers at "%s", whether a proxy passes the path on or takes it off', async (base) => {
    const read = await owner.get(`${base}/api/documents/${id}/content?version=1`);
    expect([read.statusCode, read.body]).toEqual([200, 'text']);
    expect((await owner.get(`${base}/healthz`)).statusCode).toBe(200);
    expect((await owner.get(`${base}/nowhere`)).json().error.message).toBe('There is no GET /nowhere');
  });

  it('answers at no path that only begins alike', async () => {
    expect((await owner.get(`/weftier/api/documents/${id}`)).statusCode).toBe(404);
  });

  it('gives its cookie for the base path alone, and takes it back there', async () => {
    const given = await kit.caller().send('POST', '/weft/api/session');
    expect(given.cookies).toMatchObject([{ name: 'weft_session', path: '/weft', httpOnly: true, sameSite: 'Lax' }]);
    const ended = await owner.send('DELETE', '/api/session', { cookies: { weft_session: owner.cookie! } });
    expect(ended.cookies).toMatchObject([{ name: 'weft_session', value: '', path: '/weft' }]);
    owner = await kit.guest();
  });

  it('says where a new document is, and in its description where it is itself', async () => {
    const made = await owner.send('POST', '/weft/api/documents', { body: {} });
    expect(made.headers.location).toBe(`/weft/api/documents/${made.json().id}`);
    expect((await owner.get(String(made.headers.location))).json().id).toBe(made.json().id);
    expect((await owner.get('/weft/api/openapi.json')).json().servers).toEqual([{ url: '/weft' }]);
  });

  it.each(['/weft', ''])('opens sockets at "%s/live/:id", and refuses them in the same way', async (base) => {
    const port = kit.app.server.listening ? kit.port : await kit.listen();
    const at = `ws://127.0.0.1:${port}${base}/live`;
    const { client, answer } = await RawClient.join(`${at}/${id}`);
    expect(answer['content']).toBe('text');
    client.close();
    expect((await new RawClient(`${at}/nothing`).closed()).status).toBe(404);
    const elsewhere = new WebSocket(`ws://127.0.0.1:${port}/other${base}/live/${id}`);
    const refused = new Promise((resolve) =>
      elsewhere.once('unexpected-response', (_, { statusCode }) => resolve(statusCode)),
    );
    elsewhere.on('error', () => undefined);
    expect(await refused).toBe(404);
  });

  it('FR12 logs the same routes as ever, and no address', async () => {
    await owner.get(`/weft/api/documents/${id}`);
    await owner.get('/weft/secret-in-path?secret');
    const log = await eventually(() => {
      const lines = kit.log.join('\n');
      expect(lines).toContain('"route":"none"');
      return lines;
    });
    expect(log).toContain(`"route":"/api/documents/:id","documentId":"${id}","status":200`);
    expect(log).not.toMatch(/weft\/|secret/);
  });
});

it('without a base path the cookie is for the whole host, and addresses begin at its root', async () => {
  const kit = await AppKit.open();
  const made = await kit.caller().send('POST', '/api/documents', { body: {} });
  const { servers } = (await kit.caller().get('/api/openapi.json')).json();
  await kit.close();
  expect(made.cookies).toMatchObject([{ path: '/' }]);
  expect([made.headers.location, servers]).toEqual([`/api/documents/${made.json().id}`, [{ url: '/' }]]);
});
