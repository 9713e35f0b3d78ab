import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBodySchema } from '../../../shared/protocol/http.ts';
import { AppKit, type Caller } from '../../testing/app-kit.ts';

let kit: AppKit;
let guest: Caller;
beforeAll(async () => {
  kit = await AppKit.open();
  guest = await kit.guest();
});
afterAll(() => kit.close());

const json = { 'content-type': 'application/json' };

describe('E1 every error has the one shape', () => {
  it.each([
    ['an unknown route', 'GET', '/api/nothing', {}, 404, 'not_found'],
    ['a method that a route does not have', 'PATCH', '/api/documents', {}, 404, 'not_found'],
    ['a path that is no URL', 'GET', '/api/documents/%zz', {}, 400, 'bad_message'],
    ['a very long id', 'GET', `/api/documents/${'x'.repeat(10_000)}`, {}, 414, 'bad_message'],
    ['JSON cut short', 'POST', '/api/documents', { body: '{"title":', headers: json }, 400, 'bad_message'],
    [
      'JSON that poisons prototypes',
      'POST',
      '/api/documents',
      { body: '{"__proto__":{"x":1}}', headers: json },
      400,
      'bad_message',
    ],
    [
      'JSON nested 100,000 deep',
      'POST',
      '/api/documents',
      { body: '['.repeat(1e5) + ']'.repeat(1e5), headers: json },
      400,
      'bad_message',
    ],
    [
      'JSON as text',
      'POST',
      '/api/documents',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'bad_message',
    ],
    [
      'a form',
      'POST',
      '/api/documents',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'bad_message',
    ],
    [
      'a type with more words',
      'POST',
      '/api/documents',
      { body: '{}', headers: { 'content-type': 'application/json x' } },
      415,
      'bad_message',
    ],
    ['a large body', 'POST', '/api/session', { body: { name: 'x'.repeat(70_000) } }, 413, 'bad_message'],
  ] as const)('%s', async (_name, method, url, options, status, code) => {
    const response = await guest.send(method, url, options);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    const body = errorBodySchema.strict().parse(response.json());
    expect([response.statusCode, body.error.code]).toEqual([status, code]);
    expect(Object.prototype).not.toHaveProperty('x');
  });
});

it('E1 says where a body is not in the schema', async () => {
  const response = await guest.send('POST', '/api/documents', { body: { title: '', linkAccess: 'all' } });
  expect(
    response
      .json()
      .error.details.map(({ path }: { path: string }) => path)
      .sort(),
  ).toEqual(['linkAccess', 'title']);
});

it('E2 a failure of the server keeps its reasons to the log', async () => {
  const failing = await AppKit.open();
  const caller = await failing.guest();
  await failing.store.close();
  const response = await caller.send('POST', '/api/documents');
  expect([response.statusCode, response.json()]).toEqual([
    500,
    { error: { code: 'internal', message: 'The server failed; the request was not carried out' } },
  ]);
  expect(failing.log.join()).toContain('A request failed');
  await failing.close();
});

describe('E1 over a real connection', () => {
  async function raw(request: string): Promise<string> {
    if (!kit.app.server.listening) await kit.listen();
    const socket = connect(kit.port, '127.0.0.1');
    socket.end(request);
    return text(socket);
  }

  it.each([
    ['what is not HTTP', 'nonsense\r\n\r\n', 400],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', 400],
    [
      'an upgrade of a path without a socket',
      'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      404,
    ],
  ])('%s is answered, and the connection ends', async (_name, request, status) => {
    const [head, body] = (await raw(request)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(errorBodySchema.safeParse(JSON.parse(body!)).success).toBe(true);
  });
});
