import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DocumentSession } from '../shared/client/document-session.ts';
import { webSocketTransport } from '../shared/client/transport/websocket-transport.ts';
import { SUBPROTOCOL } from '../shared/protocol/frame.ts';
import { eventually } from './eventually.ts';
import { RawClient } from './raw-client.ts';
import { NginxProcess } from './nginx-process.ts';
import { ServerProcess } from './server-process.ts';

/** An address of this machine that nobody else in the test comes from. */
const ELSEWHERE = '127.0.0.77';

let server: ServerProcess;
let nginx: NginxProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_TRUST_PROXY: 'true', WEFT_LOG_LEVEL: 'info' } });
  nginx = await NginxProcess.start(Number(new URL(server.url).port));
}, 120_000);
afterAll(async () => {
  await nginx?.dispose();
  await server?.dispose();
});

const send: NginxProcess['send'] = (...request) => nginx.send(...request);

const json = { 'content-type': 'application/json' };

async function enter(): Promise<{ cookie: string; given: string }> {
  const { headers } = await send('POST', '/api/session', json, '{}');
  const given = headers['set-cookie']![0]!;
  return { cookie: given.split(';')[0]!, given };
}

async function makeDocument(fields: object = {}): Promise<string> {
  const { cookie } = await enter();
  const { status, body } = await send('POST', '/api/documents', { ...json, cookie }, JSON.stringify(fields));
  if (status !== 201) throw new Error(`No document was made: ${status} ${body}`);
  return (JSON.parse(body) as { id: string }).id;
}

/** The client engine, as programs use it, through the proxy. */
function openThroughProxy(id: string): DocumentSession {
  const open = (url: string): WebSocket => new WebSocket(url, SUBPROTOCOL, { ca: nginx.certificate });
  const session = new DocumentSession({ transport: webSocketTransport(nginx.socketUrl(id), open) });
  session.connect();
  return session;
}

describe('behind nginx with the configuration in deploy/', () => {
  it('two clients edit through it, over TLS, with the subprotocol', async () => {
    const id = await makeDocument();
    const raw = await RawClient.join(nginx.socketUrl(id), { ca: nginx.certificate });
    expect(raw.client.protocol).toBe('weft.v1');
    const [ada, mina] = [openThroughProxy(id), openThroughProxy(id)];
    await Promise.all([ada.whenReady(), mina.whenReady()]);
    for (let word = 0; word < 20; word += 1) {
      ada.insert(0, `ada ${word} `);
      mina.insert(mina.text.length, `mina ${word} `);
    }
    await Promise.all([ada.whenSaved(), mina.whenSaved()]);
    await eventually(() => expect(mina.text.toString()).toBe(ada.text.toString()));
    const { body } = await send('GET', `/api/documents/${id}/content`);
    expect(body).toBe(ada.text.toString());
    expect(body.split(' ')).toHaveLength(81);
    await Promise.all([ada.leave(), mina.leave()]);
  });

  it('the server knows where a client comes from, whatever the client says of that', async () => {
    const id = await makeDocument();
    const { client, answer } = await RawClient.join(nginx.socketUrl(id), {
      ca: nginx.certificate,
      localAddress: ELSEWHERE,
      headers: { 'x-forwarded-for': '203.0.113.66', origin: nginx.url },
    });
    const line = await eventually(() => {
      const found = server.output.split('\n').find((each) => each.includes(answer['connectionId'] as string));
      expect(found).toBeDefined();
      return JSON.parse(found!) as { address: string };
    });
    expect(line.address).toBe(ELSEWHERE);
    expect(server.output).not.toContain('203.0.113.66');
    client.close();
  });

  it('cookies are for TLS only, and pages of our own origin may use them', async () => {
    const { cookie, given } = await enter();
    expect(given).toMatch(/; Secure/);
    const id = await makeDocument();
    const own = { ca: nginx.certificate, headers: { cookie, origin: nginx.url } };
    const { client, answer } = await RawClient.join(nginx.socketUrl(id), own);
    expect(answer['session']).toMatchObject({ role: 'editor' });
    client.close();
  });

  it('a refused upgrade is told as such, and spoils no other request on the same line', async () => {
    const id = await makeDocument();
    const { cookie } = await enter();
    const foreign = { ca: nginx.certificate, headers: { cookie, origin: 'https://evil.example' } };
    for (let count = 0; count < 10; count += 1) {
      expect((await new RawClient(nginx.socketUrl(id), foreign).closed()).status).toBe(403);
      expect((await send('POST', '/api/session', json, '{}')).status).toBe(200);
    }
  });

  it('a long text passes both ways, and numbers are not for everybody', async () => {
    const content = 'What the screen calls saved is on disk.\n'.repeat(100_000);
    const id = await makeDocument({ content });
    expect((await send('GET', `/api/documents/${id}/content`)).body).toBe(content);
    const { answer } = await RawClient.join(nginx.socketUrl(id), { ca: nginx.certificate });
    expect((answer['content'] as string).length).toBe(content.length);
    expect((await send('GET', '/metrics')).status).toBe(404);
    expect((await send('GET', '/healthz')).status).toBe(200);
  });

  it('clients come back by themselves when the server behind it restarts, and nothing is lost', async () => {
    const id = await makeDocument();
    const [ada, mina] = [openThroughProxy(id), openThroughProxy(id)];
    await Promise.all([ada.whenReady(), mina.whenReady()]);
    ada.insert(0, 'before ');
    await ada.whenSaved();
    await server.stop();
    expect((await send('GET', '/healthz')).status).toBe(502);
    ada.insert(7, 'meanwhile ');
    mina.insert(0, 'too ');
    await server.start();
    for (const session of [ada, mina]) session.reconnect();
    await Promise.all([ada.whenSaved(), mina.whenSaved()]);
    await eventually(() => expect(mina.text.toString()).toBe(ada.text.toString()));
    expect((await send('GET', `/api/documents/${id}/content`)).body).toBe('too before meanwhile ');
    await Promise.all([ada.leave(), mina.leave()]);
  });
});

it('FR12 neither log names more of an address than its route, whatever a mail program made of it and whatever becomes of it', async () => {
  const id = await makeDocument();
  const secret = 'hidden'.repeat(6);
  const accept = { accept: 'text/html', referer: `https://weft.example/d/${id}%23link=${secret}` };
  for (const path of [
    `/d/${id}%23link=${secret}`,
    `/d/${id}?a=%23link=${secret}`,
    `/${secret}`,
    `/api/documents/${secret}`,
    `/%${secret}`,
    `/d/${secret.repeat(2000)}`,
  ]) {
    await send('GET', path, accept);
  }
  expect(nginx.log).toContain(' GET /d/:id 200 ');
  expect(nginx.log).toContain(' GET none 404 ');
  expect(nginx.log).not.toContain('hidden');
  expect(server.output).not.toContain('hidden');
});
