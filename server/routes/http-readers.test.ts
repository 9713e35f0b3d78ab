import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';

/** More than the system takes for a reader that reads nothing. */
const LONGEST = 15_000_000;

let kit: AppKit;
let owner: Caller;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await kit.close();
});

async function start(settings: Record<string, string> = {}): Promise<void> {
  kit = await AppKit.open({ settings: { WEFT_MAX_DOCUMENT_LENGTH: '50000000', ...settings } });
  await kit.listen();
  owner = await kit.guest();
}

/** A connection on which so many requests were sent, and nothing is read. */
async function unread(
  path: string,
  { requests = 1, from }: { requests?: number; from?: string } = {},
): Promise<Socket> {
  const socket = connect(kit.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined).pause();
  await once(socket, 'connect');
  const forwarded = from === undefined ? '' : `X-Forwarded-For: ${from}\r\n`;
  socket.write(`GET ${path} HTTP/1.1\r\nHost: weft.example\r\n${forwarded}\r\n`.repeat(requests));
  return socket;
}

const connections = (): Promise<number> =>
  new Promise((resolve, reject) => {
    kit.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
const metric = async (name: string) => samplesOf((await owner.get('/metrics')).body).get(name);

async function texts(count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await owner.makeDocument({ content: 'x'.repeat(LONGEST) }));
  return ids;
}

it('L10 answers of one connection are made one after the other; with more than eight waiting it ends', async () => {
  await start();
  const id = await owner.makeDocument({ content: 'short' });
  const path = `/api/documents/${id}/content`;
  const eight = await unread(path, { requests: 8 });
  let received = '';
  eight.on('data', (bytes: Buffer) => (received += bytes.toString())).resume();
  await eventually(() => expect(received.match(/HTTP\/1.1 200 /g)).toHaveLength(8));
  const greedy = await unread(path, { requests: 250 });
  greedy.resume();
  await once(greedy, 'close');
  await eventually(async () => expect(await connections()).toBe(1));
});

it('L10 FH20 a reader that takes nothing, or little, of a long answer is ended after 15 s; one that reads has it all', async () => {
  await start();
  const [id] = await texts(1);
  const path = `/api/documents/${id}/content`;
  const still = await Promise.all(Array.from({ length: 20 }, () => unread(path)));
  const reader = await unread(path);
  let received = 0;
  reader.on('data', (bytes: Buffer) => (received += bytes.length)).resume();
  await eventually(() => expect(received).toBeGreaterThan(LONGEST));
  expect(await connections()).toBe(still.length + 1);
  // All of them share the bytes of one text.
  expect(await metric('weft_waiting_bytes')).toBe(LONGEST);

  for (let second = 0; second < 12; second += 1) kit.clock.advance(1000);
  expect(await connections()).toBe(still.length + 1);
  for (let second = 0; second < 8; second += 1) {
    kit.clock.advance(1000);
    for (const socket of still) socket.read(2048);
  }
  await eventually(async () => expect(await connections()).toBe(1));
  expect(await metric('weft_slow_http_readers_total')).toBe(still.length);
  expect(await metric('weft_waiting_bytes')).toBe(0);
});

it('L10 long answers that wait are bounded together and for one network; short ones pass', async () => {
  await start({
    WEFT_TRUST_PROXY: 'true',
    WEFT_MAX_WAITING_BYTES: '40000000',
    WEFT_MAX_WAITING_BYTES_PER_ADDRESS: '20000000',
  });
  const [one, two, three] = (await texts(3)).map((id) => `/api/documents/${id}/content`);
  const get = (path: string, from: string) => owner.get(path, { 'x-forwarded-for': from });
  await unread(one!, { from: '192.0.2.1' });
  await eventually(async () => expect(await metric('weft_waiting_bytes')).toBe(LONGEST));
  const refused = await get(two!, '192.0.2.1');
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '2']);
  expect((await get(one!, '192.0.2.1')).statusCode).toBe(200);

  await unread(two!, { from: '192.0.2.2' });
  await eventually(async () => expect(await metric('weft_waiting_bytes')).toBe(2 * LONGEST));
  expect((await get(three!, '192.0.2.3')).statusCode).toBe(503);
  expect((await get('/api/openapi.json', '192.0.2.3')).statusCode).toBe(200);
  expect(kit.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('L10 connections that wait for answers are bounded for one network', async () => {
  await start({ WEFT_MAX_HTTP_READERS_PER_ADDRESS: '2' });
  const [id] = await texts(1);
  const path = `/api/documents/${id}/content`;
  await Promise.all([unread(path), unread(path)]);
  await eventually(async () => expect(await metric('weft_waiting_bytes')).toBe(LONGEST));
  const third = await unread(path);
  const [answer] = (await once(third.resume(), 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 429 [^]*rate_limited/);
});
