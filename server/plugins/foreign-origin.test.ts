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

  it.each([
    ['weft.example:443', 'https://weft.example'],
    ['weft.example:80', 'http://weft.example'],
    ['WEFT.example:443', 'https://weft.EXAMPLE:443'],
    ['weft.example', 'https://weft.example:443'],
    ['[::1]:443', 'https://[0:0:0:0:0:0:0:1]'],
    ['xn--bcher-kva.example', 'https://bücher.example'],
    ['weft.example.', 'https://weft.example.'],
  ])('to the host %s from the origin %s is taken', async (host, origin) => {
    expect((await rename({ host, origin })).statusCode).toBe(200);
  });

  it.each([
    ['weft.example:443', 'http://weft.example'],
    ['weft.example:80', 'https://weft.example'],
    ['weft.example.', 'https://weft.example'],
    ['evil@weft.example', 'https://weft.example'],
    ['', 'https://weft.example'],
  ])('to the host "%s" from the origin %s is refused, and told what mends it', async (host, origin) => {
    const response = await rename({ host, origin });
    expect([response.statusCode, response.json().error.message]).toEqual([
      403,
      expect.stringContaining('WEFT_TRUST_PROXY'),
    ]);
  });

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
    headers['x-forwarded-host'] = 'docs.example:443';
    const statuses = [(await post('https://docs.example')).statusCode, (await post('http://docs.example')).statusCode];
    await behindProxy.close();
    expect(statuses).toEqual([201, 403]);
  });
});

it('J6 of a list of forwarded hosts the last counts, which the proxy before the server wrote', async () => {
  const behindProxy = await AppKit.open({ settings: { WEFT_TRUST_PROXY: 'true' } });
  const caller = await behindProxy.guest();
  const statusFrom = async (origin: string): Promise<number> => {
    const headers = { origin, 'x-forwarded-host': 'evil.example, docs.example', 'x-forwarded-proto': 'http, https' };
    return (await caller.send('POST', '/api/documents', { headers })).statusCode;
  };
  const statuses = [await statusFrom('https://docs.example'), await statusFrom('https://evil.example')];
  await behindProxy.close();
  expect(statuses).toEqual([201, 403]);
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
