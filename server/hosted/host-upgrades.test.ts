import { once } from 'node:events';
import { request } from 'node:http';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { insert } from '../../testing/wire-text.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { HostKit, type HostOptions } from '../testing/host-kit.ts';
import { weft } from './fastify-plugin.ts';

/** A socket of the host that says everything back. */
async function chat(app: FastifyInstance): Promise<void> {
  await app.register(websocket);
  const handler = (socket: WebSocket): void => {
    socket.on('message', (data) => socket.send(data));
  };
  app.get('/chat', { websocket: true }, handler);
}

/** The same in a scope of its own, which the service cannot see. */
async function hiddenChat(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => chat(scope));
}

async function say(host: HostKit, text: string): Promise<string> {
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/chat`);
  await once(socket, 'open');
  socket.send(text);
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return answer.toString();
}

async function statusOf(host: HostKit, path: string): Promise<number | undefined> {
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}${path}`, 'weft.v1');
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  socket.on('error', () => undefined).terminate();
  return response.statusCode;
}

const HOSTS: readonly (readonly [string, string, HostOptions, boolean])[] = [
  ['that has no sockets', '/weft', {}, false],
  ['with @fastify/websocket before', '/weft', { before: chat }, true],
  ['with @fastify/websocket after', '/weft', { after: chat }, true],
  ['with @fastify/websocket in a scope before', '/weft', { before: hiddenChat }, true],
  ['with @fastify/websocket in a scope after', '/weft', { after: hiddenChat }, true],
  ['with @fastify/websocket, and the service without a prefix', '', { before: chat, weft: { prefix: '' } }, true],
  ['that has no sockets, and the service without a prefix', '', { weft: { prefix: '' } }, false],
  [
    'with two services',
    '/weft',
    { after: (app) => void app.register(weft, { prefix: '/two', data: temporaryFolder() }) },
    false,
  ],
];

describe.each(HOSTS)('in a host %s', (_what, prefix, options, hasChat) => {
  it('each socket is answered by its owner alone', async () => {
    const host = await HostKit.open(options);
    const ann = await host.guest(prefix);
    const id = await ann.makeDocument();
    const [writer, reader] = await Promise.all([ann.join(id), ann.join(id)]);
    expect(await writer.client.submitAndHear(1, 0, [insert(0, 'abc')])).toMatchObject({ type: 'ack', version: 1 });
    expect(await reader.client.next(({ type }) => type === 'document-update')).toMatchObject({ version: 1 });
    if (hasChat) expect(await say(host, 'hello')).toBe('hello');
    expect(await statusOf(host, `${prefix}/live/nowhere`)).toBe(404);
    expect(host.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
    await host.app.close();
    expect((await writer.client.closed()).code).toBe(1012);
  });
});

it('the hooks of the host see sockets and may refuse them, with and without @fastify/websocket', async () => {
  for (const before of [(app: FastifyInstance) => app, chat]) {
    const seen: string[] = [];
    const guard = (app: FastifyInstance) =>
      app.addHook('onRequest', async (request, reply) => {
        // A look-up of the host.
        await new Promise((resolve) => void setImmediate(resolve));
        if (request.headers.upgrade !== undefined) seen.push(request.url);
        if (request.headers['x-bad'] !== undefined) return reply.code(402).send();
      });
    const host = await HostKit.open({ before: (app) => before(guard(app)) });
    const ann = await host.guest();
    const id = await ann.makeDocument();
    await ann.join(id);
    const refused = ann.dial(id, { headers: { 'x-bad': '1' } });
    expect((await refused.closed()).status).toBe(402);
    expect(seen).toEqual([`/weft/live/${id}`, `/weft/live/${id}`]);
  }
});

it('a plain request of the host that offers an upgrade is answered as before', async () => {
  const host = await HostKit.open({ after: (app) => app.get('/mine', () => 'mine') });
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': '' };
  const asked = request(`${host.url}/mine`, { headers }).end();
  const [response] = (await once(asked, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
  let body = '';
  for await (const chunk of response) body += chunk.toString();
  expect([response.statusCode, body]).toEqual([200, 'mine']);
});

it('a host that is closed listens for no more upgrades', async () => {
  const app = Fastify({ pluginTimeout: 0 });
  await app.register(weft, { prefix: '/weft', data: temporaryFolder() });
  await app.ready();
  expect(app.server.listenerCount('upgrade')).toBe(1);
  await app.close();
  expect(app.server.listenerCount('upgrade')).toBe(0);
});
