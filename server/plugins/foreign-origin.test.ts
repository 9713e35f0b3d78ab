import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
let id: string;
beforeAll(async () => {
  kit = await AppKit.open();
  owner = await kit.guest();
  id = await owner.makeDocument();
});
afterAll(() => kit.close());

const rename = (headers: Record<string, string>) =>
  owner.send('PATCH', `/api/documents/${id}`, {
    body: { title: 'Renamed' },
    headers: { host: 'weft.example', ...headers },
  });

describe('J6 a write with a session cookie', () => {
  it.each([
    'https://evil.example',
    'http://weft.example.evil.example',
    'http://evil.example/weft.example',
    'http://weft.example:8080',
    'null',
    'weft.example',
    '',
  ])('from the origin "%s" is refused', async (origin) => {
    const response = await rename({ origin });
    expect([response.statusCode, response.json().error.code]).toEqual([403, 'forbidden']);
    expect((await owner.get(`/api/documents/${id}`, { origin })).statusCode).toBe(200);
  });

  it.each(['http://weft.example', 'https://weft.example', 'http://WEFT.example'])(
    'from %s is taken',
    async (origin) => {
      expect((await rename({ origin })).statusCode).toBe(200);
    },
  );

  it('without an origin, as programs send it, is taken', async () => {
    expect((await rename({})).statusCode).toBe(200);
  });

  it('believes X-Forwarded-Host only behind a trusted proxy', async () => {
    const headers = {
      origin: 'https://docs.example',
      'x-forwarded-host': 'docs.example',
      'x-forwarded-proto': 'https',
    };
    expect((await rename(headers)).statusCode).toBe(403);
    const behindProxy = await AppKit.open({ settings: { WEFT_TRUST_PROXY: 'true' } });
    const caller = await behindProxy.guest();
    const post = (origin: string) => caller.send('POST', '/api/documents', { headers: { ...headers, origin } });
    const statuses = [(await post('https://docs.example')).statusCode, (await post('http://docs.example')).statusCode];
    await behindProxy.close();
    expect(statuses).toEqual([201, 403]);
  });
});

it('J6 a socket with a session cookie from a foreign origin is refused before the upgrade (FW1)', async () => {
  const headers = { host: 'weft.example', upgrade: 'websocket', connection: 'upgrade' };
  const foreign = await owner.get(`/live/${id}`, { ...headers, origin: 'https://evil.example' });
  expect([foreign.statusCode, foreign.json().error.code]).toEqual([403, 'forbidden']);
  const own = await owner.get(`/live/${id}`, { ...headers, origin: 'http://weft.example' });
  expect(own.statusCode).not.toBe(403);
});

it('J6 a foreign write without a cookie can only be what anybody may do', async () => {
  const headers = { host: 'weft.example', origin: 'https://evil.example' };
  const remove = await kit.caller().send('DELETE', `/api/documents/${id}`, { headers });
  expect([remove.statusCode, remove.json().error.code]).toEqual([403, 'forbidden']);
});
