import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Stranger } from '../../testing/stranger.ts';

// Bad requests of docs/faults.md, group FH, over real connections to the server as it is shipped.

const HEADERS_TIMEOUT = 1000;
const REQUEST_TIMEOUT = 3000;

let server: ServerProcess;
let owner: Stranger;
let id: string;

beforeAll(async () => {
  server = await ServerProcess.start({
    env: {
      WEFT_HEADERS_TIMEOUT_MS: String(HEADERS_TIMEOUT),
      WEFT_REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT),
    },
  });
  owner = await Stranger.guest(server.url);
  id = await owner.makeDocument({ title: 'Kept', content: 'Still here.' });
});
afterAll(() => server.dispose());

/** Sends bytes as they are; hands back the status of the answer, once the server has ended the connection. */
async function raw(request: string): Promise<number> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(request, 'latin1');
  const answer = await text(socket);
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
}

/** The same in its own words: how many documents there are, what they are called and what stands in ours. */
async function stock(): Promise<unknown> {
  const { json } = await owner.get('/api/documents?limit=100');
  const documents = json!['documents'] as { id: string; title: string; version: number }[];
  return [documents.map(({ title, version }) => [title, version]), (await owner.read(id)).text];
}

describe('bodies', () => {
  it.each([
    ['a tab in the type', 'application/json\ta', 415],
    ['a word behind the type', 'application/json x', 415],
    ['a longer type', 'application/jsonx', 415],
    ['plain text', 'text/plain', 415],
    ['a form', 'application/x-www-form-urlencoded', 415],
  ])('FH2 %s is refused before the schema is asked', async (_name, type, status) => {
    const before = await stock();
    const answer = await owner.send('POST', '/api/documents', { title: 'Never' }, { 'content-type': type });
    expect([answer.status, answer.code]).toEqual([status, 'bad_message']);
    expect(await stock()).toEqual(before);
  });

  it.each([
    ['JSON', 'POST', '/api/documents', 'application/json'],
    ['text', 'PUT', '/api/documents/ID/content', 'text/plain'],
  ])('FH1 packed %s is refused, not unpacked and not taken for itself', async (_name, method, path, type) => {
    const before = await stock();
    const headers = { 'content-type': type, 'content-encoding': 'gzip' };
    const answer = await owner.send(method, path.replace('ID', id), gzipSync('{"title":"bomb"}'), headers);
    expect([answer.status, answer.code]).toEqual([415, 'bad_message']);
    expect(await stock()).toEqual(before);
  });

  it.each([
    ['__proto__', '{"title":"a","__proto__":{"polluted":1}}'],
    ['constructor.prototype', '{"title":"a","constructor":{"prototype":{"polluted":1}}}'],
    ['200,000 arrays in each other', `{"title":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ])('FH3 %s is refused and reaches no prototype', async (_name, body) => {
    const answer = await owner.send('POST', '/api/documents', Buffer.from(body), {
      'content-type': 'application/json',
    });
    expect([answer.status, answer.code]).toEqual([400, 'bad_message']);
    expect((await owner.get(`/api/documents/${id}`)).json).not.toHaveProperty('polluted');
  });

  it('FH3 of a field that stands twice the last counts, as JSON.parse has it', async () => {
    const body = Buffer.from('{"title":"first","title":"second"}');
    const answer = await owner.send('POST', '/api/documents', body, { 'content-type': 'application/json' });
    expect(answer.json).toMatchObject({ title: 'second' });
  });

  it.each(['a[__proto__]=1', `${'a=1&'.repeat(2500)}limit=1`])('FH3 ?%.20s… is read without harm', async (query) => {
    expect((await owner.get(`/api/documents?${query}`)).status).toBe(200);
  });

  it('FH3 a parameter that stands twice is refused', async () => {
    expect((await owner.get('/api/documents?limit=1&limit=2')).status).toBe(400);
  });

  it('FH1 one that never ends is given up at the deadline', async () => {
    const head =
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await raw(`${head}5\r\n{"nam`)).toBe(408);
  });
});

describe('heads', () => {
  const start = 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  it.each([
    ['a length and chunks', `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two lengths', `${start}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ['line feeds alone', 'GET /healthz HTTP/1.1\nHost: x\n\n', 400],
    ['a folded line', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n', 400],
    [
      '5,000 lines',
      `GET /healthz HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 5000 }, (_, n) => `X-${n}: 1`).join('\r\n')}\r\n\r\n`,
      431,
    ],
    [
      '100 kB of subprotocol',
      `GET /live/x HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Protocol: ${'x'.repeat(100_000)}\r\n\r\n`,
      431,
    ],
  ])('FH4, FW4 %s: the connection ends', async (_name, request, status) => {
    expect(await raw(request)).toBe(status);
  });

  it('FW6 one that does not arrive is given up, and others are served meanwhile', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow');
    const ended = once(socket.resume(), 'close');
    expect((await owner.get('/healthz')).status).toBe(200);
    await ended;
  });
});

describe('upgrades', () => {
  it.each([
    ['a key that is none', 'GET', 'Sec-WebSocket-Key: abc', 400],
    ['no key', 'GET', 'X-Key: none', 400],
    ['a method that reads nothing', 'POST', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nContent-Length: 2', 404],
  ])('FW5 with %s is answered by HTTP', async (_name, method, line, status) => {
    const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
    expect(await raw(`${method} /live/${id} HTTP/1.1\r\n${upgrade}\r\n${line}\r\n\r\n`)).toBe(status);
  });
});

describe('paths', () => {
  it.each([
    '//api/documents/ID',
    '/api//documents/ID',
    '/api/documents;a=b/ID',
    '/api/documents/ID;a=b',
    '/api%2Fdocuments/ID',
    '/api/documents/%5c..%5cID',
    '/api/documents/ID/',
    '/API/documents/ID',
    '/%2e%2e/package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5c..%5cpackage.json',
    '/..%5Cserver%5Cmain.js',
  ])('FH5 %s leads nowhere', async (path) => {
    const request = `GET ${path.replace('ID', id)} HTTP/1.1\r\nHost: x\r\nCookie: ${owner.cookie}\r\nConnection: close\r\n\r\n`;
    // What would lead out of the folder of the app is forbidden there, where the app is built.
    expect([403, 404]).toContain(await raw(request));
  });

  it('FH5 a whole address as the target is decided as its path is', async () => {
    const closed = await owner.makeDocument({ linkAccess: 'none' });
    const request = (path: string, cookie: string): string =>
      `GET http://elsewhere.example${path} HTTP/1.1\r\nHost: elsewhere.example\r\n${cookie}Connection: close\r\n\r\n`;
    expect(await raw(request(`/api/documents/${closed}`, ''))).toBe(404);
    expect(await raw(request(`/api/documents/${closed}`, `Cookie: ${owner.cookie}\r\n`))).toBe(200);
  });
});

describe('names', () => {
  it.each([
    ['a number', 7],
    ['a list', ['Mina']],
    ['nothing to see', '\u200b\u200d'],
    ['two lines', 'Mi\nna'],
    ['a line separator', 'Mi\u2028na'],
    ['an escape sequence', 'Mi\u001b[31mna'],
    ['65 characters', 'x'.repeat(65)],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('FH12 %s is no name and no title', async (_name, value) => {
    const before = await stock();
    expect([400, 413]).toContain((await owner.send('POST', '/api/session', { name: value })).status);
    const title = typeof value === 'string' && value.length === 65 ? 'x'.repeat(1001) : value;
    expect([400, 413]).toContain((await owner.send('PATCH', `/api/documents/${id}`, { title })).status);
    expect(await stock()).toEqual(before);
  });
});

it('FH14 a GET changes nothing, and a form of another page cannot write', async () => {
  const before = await stock();
  for (const path of ['', '/content', '/changes']) await owner.get(`/api/documents/${id}${path}`);
  const form = await owner.send('POST', '/api/documents', 'title=x', {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://elsewhere.example',
  });
  expect(form.status).toBe(403);
  expect(await stock()).toEqual(before);
});
