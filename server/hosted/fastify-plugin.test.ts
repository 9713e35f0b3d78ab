import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JWT_SECRET } from '../../testing/token-maker.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { insert } from '../../testing/wire-text.ts';
import { signToken } from '../../shared/token/sign-token.ts';
import { HostKit } from '../testing/host-kit.ts';
import { weft, type WeftOptions } from './fastify-plugin.ts';
import { withOptionNames } from './host-options.ts';

describe('a request', () => {
  it('below the prefix is answered by the service, and every other one by the host', async () => {
    const host = await HostKit.open({
      before: (app) => app.get('/', () => 'home'),
      after: (app) => app.post('/echo', ({ body }) => ({ body })),
    });
    const ann = await host.guest();
    const id = await ann.makeDocument({ title: 'Notes', content: 'abc' });
    expect(await ann.read(id)).toMatchObject({ text: 'abc', version: 1 });
    const { client } = await ann.join(id);
    expect(await client.submitAndHear(1, 1, [insert(3, 'd')])).toMatchObject({ type: 'ack', version: 2 });
    expect(await ann.get('/api/nothing')).toMatchObject({ status: 404, code: 'not_found' });
    // Of the host: its own page, its parser of plain text, and its shape of errors.
    expect(await (await fetch(`${host.url}/`)).text()).toBe('home');
    const plain = await fetch(`${host.url}/echo`, { method: 'POST', body: 'plain' });
    expect(await plain.json()).toEqual({ body: 'plain' });
    const missing = (await (await fetch(`${host.url}/weft-else`)).json()) as object;
    expect(missing).toMatchObject({ error: 'Not Found', statusCode: 404 });
    const long = await fetch(`${host.url}/echo`, { method: 'POST', body: 'x'.repeat(2000) });
    expect(await long.json()).toMatchObject({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
  });

  it('has the limits and parsers of the service, not those of the host', async () => {
    const host = await HostKit.open();
    const ann = await host.guest();
    const id = await ann.makeDocument();
    const text = 'x'.repeat(200_000);
    expect((await ann.send('PUT', `/api/documents/${id}/content`, text)).status).toBe(200);
    expect((await ann.read(id)).text).toBe(text);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await ann.send('POST', '/api/documents', 'a=b', form)).toMatchObject({ status: 415, code: 'bad_message' });
  });

  it('without a prefix comes to the service if no other route of the host takes it', async () => {
    const host = await HostKit.open({ weft: { prefix: '' }, after: (app) => app.get('/mine', () => 'mine') });
    const ann = await host.guest('');
    expect((await ann.makeDocument()).length).toBe(16);
    expect((await ann.get('/mine')).text).toBe('mine');
    expect(await ann.get('/nothing')).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('can be injected', async () => {
    const { app } = await HostKit.make();
    const made = await app.inject({ method: 'POST', url: '/weft/api/documents', payload: { title: 'Notes' } });
    expect([made.statusCode, made.json()]).toEqual([201, expect.objectContaining({ title: 'Notes' })]);
    expect(made.headers.location).toBe(`/weft/api/documents/${made.json<{ id: string }>().id}`);
  });

  it('passes the hooks of the host, which see its address and may refuse it or add headers', async () => {
    const seen: unknown[] = [];
    const host = await HostKit.open({
      before: (app) =>
        app
          .addHook('onRequest', async (request, reply) => {
            reply.header('x-host', 'yes');
            if (request.headers['x-bad'] !== undefined) return reply.code(402).send({ host: 'refuses' });
          })
          .addHook('preHandler', async (request) => void seen.push(['preHandler', request.url]))
          .addHook('onResponse', async ({ url }, { statusCode }) => void seen.push(['onResponse', url, statusCode])),
    });
    const answer = await fetch(`${host.url}/weft/api/documents?limit=1`);
    expect([answer.status, answer.headers.get('x-host'), await answer.json()]).toEqual([200, 'yes', { documents: [] }]);
    const refused = await fetch(`${host.url}/weft/api/documents`, { headers: { 'x-bad': '1' } });
    expect([refused.status, await refused.json()]).toEqual([402, { host: 'refuses' }]);
    await expect
      .poll(() => seen)
      .toEqual([
        ['preHandler', '/weft/api/documents?limit=1'],
        ['onResponse', '/weft/api/documents?limit=1', 200],
        ['onResponse', '/weft/api/documents', 402],
      ]);
  });

  it('leaves nothing in the host: no decorator, no cookie parser, no schema compiler, no header', async () => {
    const host = await HostKit.open({
      after: (app) => app.get('/mine', ({ headers }) => Object.keys(headers).length > 0 && 'mine'),
    });
    const decorators = ['sessionCookie', 'websocketServer', 'swagger', 'parseCookie'];
    expect(decorators.filter((name) => host.app.hasDecorator(name))).toEqual([]);
    const onRequests = ['cookies', 'requester', 'network', 'ws'];
    expect(onRequests.filter((name) => host.app.hasRequestDecorator(name))).toEqual([]);
    expect([host.app.validatorCompiler, host.app.serializerCompiler]).toEqual([undefined, undefined]);
    const { headers } = await fetch(`${host.url}/mine`);
    expect(['x-request-id', 'content-security-policy', 'set-cookie'].filter((name) => headers.has(name))).toEqual([]);
  });
});

describe('the session cookie', () => {
  it('belongs to the prefix; two services in one host have different people and documents', async () => {
    const data = temporaryFolder();
    const host = await HostKit.open({ after: (app) => void app.register(weft, { prefix: '/other', data }) });
    const [ann, bob] = await Promise.all([host.guest(), host.guest('/other')]);
    const cookieAt = async (prefix: string) =>
      (await fetch(`${host.url}${prefix}/api/session`, { method: 'POST' })).headers.get('set-cookie');
    expect(await cookieAt('/weft')).toMatch(/; Path=\/weft;/);
    expect(await cookieAt('/other')).toMatch(/; Path=\/other;/);
    const id = await ann.makeDocument();
    expect((await bob.get(`/api/documents/${id}`)).status).toBe(404);
    bob.cookie = ann.cookie;
    expect((await bob.get('/api/documents')).status).toBe(401);
    const { client } = await (await host.guest('/other')).join(await (await host.guest('/other')).makeDocument());
    expect(client.ending).toBeUndefined();
  });
});

describe('the log of the host', () => {
  it('has our lines under the same request id, and no credentials in them', async () => {
    const host = await HostKit.open({ weft: { jwtSecret: JWT_SECRET } });
    const token = await signToken({ id: 'mina', name: 'Mina' }, JWT_SECRET);
    const answer = await fetch(`${host.url}/weft/api/session`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    await expect.poll(() => host.lines.filter(({ service }) => service === 'weft').length).toBe(1);
    const [line] = host.lines.filter(({ service }) => service === 'weft');
    expect(line).toMatchObject({ method: 'GET', route: '/api/session', status: 200 });
    const hostLine = host.lines.find(({ msg }) => msg === 'incoming request');
    expect([line!['reqId'], answer.headers.get('x-request-id')]).toEqual([hostLine!['reqId'], hostLine!['reqId']]);
    expect(JSON.stringify(host.lines)).not.toContain(token);
    host.app.log.child({}).info({ own: { token: 'shown' } }, 'of the host');
    expect(host.lines.at(-1)).toMatchObject({ own: { token: 'shown' } });
  });

  it('is as loud as logLevel says', async () => {
    const host = await HostKit.open({ weft: { logLevel: 'warn' } });
    await host.guest();
    expect(host.lines.filter(({ service }) => service === 'weft')).toEqual([]);
  });
});

describe('the start of the host', () => {
  it.each([
    [{ jwtSecret: 'short' }, /^jwtSecret must be at least 32 bytes long$/],
    [{ guests: false }, /guests=off lets nobody in without jwtSecret, jwtJwksFile or jwtJwksUrl/],
    [{ jwtJwksFile: '/nowhere.json' }, /jwtJwksFile \/nowhere\.json: ENOENT/],
    [{ maxDocumentLength: 0 }, /^maxDocumentLength must be a whole number from 1/],
    [{ trustProxy: 'yes' }, /^trustProxy must be true or false$/],
    [{ origins: ['https://a.example', 'b'] }, /^origins must be \* or list origins/],
    [{ prefix: '/:tenant' }, /^prefix must be/],
    [{ port: 3000 }, /has no option port$/],
    [{ jwt_secret: 'x' }, /has no option jwt_secret$/],
    [{ secret: ['x'], data: { folder: 'x' } }, /^data must be a string/],
    [{ data: '/proc/nowhere' }, /data folder \/proc\/nowhere cannot be written .*, or set data to another folder/],
  ])('fails with %j', async (options, message) => {
    const { app } = await HostKit.make({ weft: options as unknown as WeftOptions });
    await expect(app.ready()).rejects.toThrow(message);
  });

  it('fails if another service has the data folder, and the host can say which', async () => {
    const host = await HostKit.open();
    const { app } = await HostKit.make({ weft: { data: host.data } });
    await expect(app.ready()).rejects.toThrow(/in use/);
    expect((await (await host.guest()).makeDocument()).length).toBe(16);
  });

  it('takes lists, switches and numbers as what they are', async () => {
    const origins = ['https://app.example', 'https://wiki.example'];
    const host = await HostKit.open({ weft: { guests: false, jwtSecret: JWT_SECRET, origins, maxMembers: 3 } });
    const refused = await fetch(`${host.url}/weft/api/documents`);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${origins.join(' ')}`);
  });
});

describe('the end of the host', () => {
  it('C1 finishes what is queued, closes live sockets with 1012, and lets the data folder go', async () => {
    const host = await HostKit.open();
    const ann = await host.guest();
    const id = await ann.makeDocument();
    const writers = await Promise.all(Array.from({ length: 8 }, () => ann.join(id)));
    for (const { client } of writers) client.submit(1, 0, [insert(0, 'a line\n')]);
    await writers[0]!.client.answerTo(1);
    const [, ...endings] = await Promise.all([host.app.close(), ...writers.map(({ client }) => client.closed())]);
    expect(endings.map(({ code }) => code)).toEqual(writers.map(() => 1012));
    const acknowledged = writers.filter(({ client }) => client.received.some(({ type }) => type === 'ack')).length;
    const again = await HostKit.open({ weft: { data: host.data } });
    const lines = (await (await again.guest()).read(id)).text.split('\n').length - 1;
    expect(lines).toBeGreaterThanOrEqual(acknowledged);
  });

  it('does not wait for a body that never comes', async () => {
    const host = await HostKit.open({ weft: { shutdownTimeoutMs: 500 } });
    const never = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: never, duplex: 'half' };
    const answer = fetch(`${host.url}/weft/api/documents`, init as RequestInit).catch(() => 'cut');
    await expect.poll(() => host.lines.some(({ msg }) => msg === 'incoming request')).toBe(true);
    await host.app.close();
    expect(await answer).toBe('cut');
  });

  it('comes also if the host never became ready', async () => {
    const host = await HostKit.make({ after: (app) => void app.register(fails) });
    await expect(host.app.ready()).rejects.toThrow('of the host');
    await host.app.close();
    const again = await HostKit.open({ weft: { data: host.data } });
    onTestFinished(() => again.app.close());
    expect((await (await again.guest()).makeDocument()).length).toBe(16);
  });
});

async function fails(_app: FastifyInstance): Promise<void> {
  throw new Error('of the host');
}

it('docs/embedding/fastify.md names options as they are', () => {
  const page = readFileSync(new URL('../../docs/embedding/fastify.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| `(WEFT_\w+)` /gm)].map(([, option, setting]) => [option, setting]);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.map(([option]) => option)).toEqual(rows.map(([, setting]) => withOptionNames(setting!)));
});
