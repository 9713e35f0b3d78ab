import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { build } from '../scripts/build.mjs';
import { DocumentSession } from '../shared/client/document-session.ts';
import { webSocketTransport } from '../shared/client/transport/websocket-transport.ts';
import { SUBPROTOCOL } from '../shared/protocol/frame.ts';
import { eventually } from './eventually.ts';
import { NginxProcess, type Edit } from './nginx-process.ts';
import { ServerProcess } from './server-process.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const BELOW: Edit = ['location / {', 'location /weft/ {'];

describe.each<{ name: string; edits: readonly Edit[] }>([
  { name: 'passes the path on', edits: [BELOW] },
  { name: 'takes the path off', edits: [BELOW, ['proxy_pass http://weft;', 'proxy_pass http://weft/;']] },
])('below /weft behind nginx, which $name', ({ edits }) => {
  let server: ServerProcess;
  let nginx: NginxProcess;
  beforeAll(async () => {
    expect(build({ report: () => undefined })).toEqual([]);
    const env = { WEFT_TRUST_PROXY: 'true', WEFT_LOG_LEVEL: 'info', WEFT_BASE_PATH: '/weft' };
    server = await ServerProcess.start({ env });
    nginx = await NginxProcess.start(Number(new URL(server.url).port), edits);
  }, 120_000);
  afterAll(async () => {
    await nginx?.dispose();
    await server?.dispose();
  });

  /** The client engine, as programs use it. */
  function open(id: string): DocumentSession {
    const socket = (url: string): WebSocket => new WebSocket(url, SUBPROTOCOL, { ca: nginx.certificate });
    const address = `${nginx.url.replace('https', 'wss')}/weft/live/${id}`;
    const session = new DocumentSession({ transport: webSocketTransport(address, socket) });
    session.connect();
    return session;
  }

  it('the pages and what they load are there', async () => {
    for (const address of ['/weft/', '/weft/d/some-document']) {
      const { status, body } = await nginx.send('GET', address, { accept: 'text/html' });
      expect(status).toBe(200);
      const loaded = [...body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, found]) => found!);
      expect(loaded).toContainEqual(expect.stringMatching(/^\/weft\/assets\/app-/));
      for (const path of loaded) expect([path, (await nginx.send('GET', path)).status]).toEqual([path, 200]);
    }
    const { status, headers } = await nginx.send('GET', '/weft');
    expect([status, headers.location]).toEqual([301, `${nginx.url}/weft/`]);
  });

  it('a guest makes a document, two clients edit it, and the addresses that the server writes lead to it', async () => {
    const entered = await nginx.send('POST', '/weft/api/session', JSON_BODY, '{}');
    const [cookie = ''] = entered.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; Path=\/weft; HttpOnly; Secure; SameSite=Lax$/);
    const headers = { ...JSON_BODY, cookie: cookie.split(';')[0]!, origin: nginx.url };
    const made = await nginx.send('POST', '/weft/api/documents', headers, '{}');
    const { id } = JSON.parse(made.body) as { id: string };
    expect(made.headers.location).toBe(`/weft/api/documents/${id}`);
    const [ada, mina] = [open(id), open(id)];
    await Promise.all([ada.whenReady(), mina.whenReady()]);
    ada.insert(0, 'ada ');
    mina.insert(0, 'mina ');
    await Promise.all([ada.whenSaved(), mina.whenSaved()]);
    await eventually(() => expect(mina.text.toString()).toBe(ada.text.toString()));
    const { body } = await nginx.send('GET', `${made.headers.location}/content`);
    expect(body).toBe(ada.text.toString());
    await Promise.all([ada.leave(), mina.leave()]);
  });

  it('FR12 neither log names more of an address than its route, and numbers are not for everybody', async () => {
    expect((await nginx.send('GET', '/weft/metrics')).status).toBe(404);
    await nginx.send('GET', '/weft/d/some%23link=hidden?hidden', { accept: 'text/html' });
    await eventually(() => expect(nginx.log).toContain(' GET /d/:id 200 '));
    await eventually(() => expect(server.output).toContain('"route":"/d/:id"'));
    expect(nginx.log + server.output).not.toContain('hidden');
  });
});
