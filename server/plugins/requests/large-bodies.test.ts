import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppKit, type Caller } from '../../testing/app-kit.ts';

const MANY = 15_000_000;

let kit: AppKit;
let owner: Caller;
let id: string;
const sockets: Socket[] = [];

async function start(settings: Record<string, string> = {}): Promise<void> {
  kit = await AppKit.open({ settings });
  await kit.listen();
  owner = await kit.guest();
  id = await owner.makeDocument({ content: 'Still here.' });
}

beforeEach(() => start());
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await kit.close();
});

/** Announces a body and sends nothing of it; resolves with the answer, if one comes. */
function announce(path: string, headers: Record<string, string> = {}): { socket: Socket; answer: Promise<string> } {
  const socket = connect(kit.port, '127.0.0.1');
  sockets.push(socket);
  const all = {
    host: 'weft.example',
    'content-type': 'text/plain',
    'content-length': String(MANY),
    'x-forwarded-for': '192.0.2.9',
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  socket.write(`PUT ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n`);
  socket.on('error', () => undefined);
  return { socket, answer: once(socket, 'data').then(([bytes]) => (bytes as Buffer).toString()) };
}

describe('a large body', () => {
  it.each([
    ['announced', {}],
    ['in chunks', { 'content-length': '', 'transfer-encoding': 'chunked' }],
  ])('FH17 %s for a document that is not there is refused by its head', async (_name, headers) => {
    expect(await announce('/api/documents/nowhere/content', headers).answer).toMatch(/^HTTP\/1.1 404 [^]*not_found/);
  });

  it('FH17 of somebody who may not is refused by its head, and by whom it names once it is here', async () => {
    await owner.send('PATCH', `/api/documents/${id}`, { body: { linkAccess: 'view' } });
    expect(await announce(`/api/documents/${id}/content`).answer).toMatch(/^HTTP\/1.1 403 [^]*forbidden/);
    const named = await kit.caller().send('POST', `/api/documents/${id}/operations`, {
      body: { clientId: 'c'.repeat(22), seq: 1, version: 1, operations: [{ type: 'delete', from: 0, to: 1 }] },
    });
    expect(named.statusCode).toBe(403);
    const nowhere = await kit.caller().send('POST', '/api/documents/nowhere/operations', { body: { version: 1 } });
    expect(nowhere.statusCode).toBe(404);
  });

  it('L8 has its bytes reserved; what is too much together is 503 with Retry-After, small ones pass', async () => {
    const held = Array.from({ length: 4 }, () => announce(`/api/documents/${id}/content`));
    const early = Promise.race(held.map(({ answer }) => answer));
    const refused = await Promise.race([announce(`/api/documents/${id}/content`).answer, early]);
    expect(refused).toMatch(/^HTTP\/1.1 503 [^]*retry-after: 2[^]*unavailable/i);
    expect((await owner.putText(`/api/documents/${id}/content`, 'A small one')).statusCode).toBe(200);

    for (const { socket } of held) socket.destroy();
    await vi.waitFor(async () => {
      expect((await owner.putText(`/api/documents/${id}/content`, 'x'.repeat(70_000))).statusCode).toBe(200);
    });
  });

  it('L8 leaves room for others where one address sends much', async () => {
    await kit.close();
    await start({ WEFT_TRUST_PROXY: 'true' });
    const path = `/api/documents/${id}/content`;
    const from = (address: string) => announce(path, { 'x-forwarded-for': address });
    const held = [from('192.0.2.1'), from('192.0.2.1')];
    const early = Promise.race(held.map(({ answer }) => answer));
    expect(await Promise.race([from('192.0.2.1').answer, early])).toMatch(/^HTTP\/1.1 429 [^]*rate_limited/);
    const other = await owner.putText(path, 'y'.repeat(MANY / 3), { 'x-forwarded-for': '192.0.2.2' });
    expect(other.statusCode).toBe(200);
  });

  it('L8 of JSON is long in its texts alone', async () => {
    const unknown = `{"title":"Never","unknown":[${'{},'.repeat(1_000_000)}0]}`;
    const headers = { 'content-type': 'application/json' };
    const refused = await owner.send('POST', '/api/documents', { body: unknown, headers });
    expect([refused.statusCode, refused.json<{ error: object }>().error]).toMatchObject([400, { code: 'bad_message' }]);
    const content = '\u0001'.repeat(2_000_000);
    const made = await owner.makeDocument({ content });
    expect((await owner.get(`/api/documents/${made}/content`)).body === content).toBe(true);
  });
});

describe('a large body that is refused', () => {
  /** Sends it whole, and asks something else on the same connection; resolves with both answers. */
  async function sendWhole(): Promise<string> {
    const { socket } = announce('/api/documents/nowhere/content');
    let heard = '';
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString()));
    socket.write(Buffer.alloc(MANY, 'a'));
    socket.write('GET /healthz HTTP/1.1\r\nhost: weft.example\r\n\r\n');
    await vi.waitFor(() => expect(heard).toMatch(/^HTTP\/1.1 404 [^]*not_found[^]*HTTP\/1.1 200 /), 60_000);
    return heard;
  }

  it('FH17 is read to its end, so that whoever sends it hears the answer and goes on', async () => {
    expect(await sendWhole()).toContain('not_found');
  });

  it('FH17 is read in slices, of many at once a few megabytes in a turn', async () => {
    const connections: Socket[] = [];
    kit.app.server.on('connection', (socket: Socket) => connections.push(socket));
    let [isOver, most, before] = [false, 0, 0];
    const look = (): void => {
      const sum = connections.reduce((bytes, { bytesRead }) => bytes + bytesRead, 0);
      most = Math.max(most, sum - before);
      before = sum;
      if (!isOver) setImmediate(look);
    };
    look();
    await Promise.all(Array.from({ length: 12 }, sendWhole));
    isOver = true;
    expect(before).toBeGreaterThan(12 * MANY);
    // Of each connection the first of its body, while its head is looked at; of one at a time 2 MiB.
    expect(most).toBeLessThan(12 * 131_072 + 2_200_000);
  });
});
