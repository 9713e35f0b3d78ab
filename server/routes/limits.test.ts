import { afterEach, describe, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { RawClient, type Message } from '../../testing/raw-client.ts';
import { frameHead, TcpClient } from '../../testing/tcp-client.ts';
import { insert } from '../../shared/testing/operations.ts';

let kit: AppKit;
let owner: Caller;
let id: string;
let port: number;

async function open(settings: Record<string, string> = {}): Promise<void> {
  kit = await AppKit.open({ settings });
  port = await kit.listen();
  owner = await kit.guest();
  id = await owner.makeDocument();
}
afterEach(() => kit.close());

const url = (): string => `ws://127.0.0.1:${port}/live/${id}`;
const joined = async (): Promise<RawClient> => (await RawClient.join(url())).client;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const errors = (client: RawClient): Message[] => client.received.filter(({ type }) => type === 'error');

/** What a client does, and the code that its socket is closed with; each exceeds a small setting. */
const CLOSED: readonly [string, Record<string, string>, (client: RawClient) => void, number][] = [
  [
    'C1 a message of too many bytes',
    { WEFT_MAX_MESSAGE_BYTES: '2048' },
    (client) => client.send({ type: 'ping', nonce: 'x'.repeat(2048) }),
    1009,
  ],
  [
    'L1 a message in too many frames',
    { WEFT_MAX_FRAGMENTS: '4' },
    (client) => client.sendPieces(['{"ty', 'pe":', '"pi', 'ng"', '}']),
    1008,
  ],
  [
    'L2 more refusals than are forgiven',
    { WEFT_MESSAGES_PER_SECOND: '5', WEFT_RATE_STRIKES: '3' },
    (client) => client.send(Array.from({ length: 14 }, () => ({ type: 'ping' }))),
    4429,
  ],
  [
    'L3 a flood of carets',
    { WEFT_PRESENCE_PER_SECOND: '1' },
    (client) => client.send(Array.from({ length: 203 }, () => ({ type: 'cursor', ranges: null }))),
    4429,
  ],
];

it.each(CLOSED)('%s closes, and only the one who sent it', async (_name, settings, exceed, code) => {
  await open(settings);
  const bystander = await joined();
  const client = await joined();
  exceed(client);
  expect((await client.closed()).code).toBe(code);
  bystander.submit(1, 0, [insert(0, 'still here')]);
  expect(await bystander.answerTo(1)).toMatchObject({ type: 'ack', version: 1 });
  expect((await RawClient.join(url())).answer).toMatchObject({ content: 'still here' });
});

/** As far as one may go in all of that. */
const TAKEN: readonly [string, Record<string, string>, (client: RawClient) => void][] = [
  [
    'L1 a message in as many frames as allowed',
    { WEFT_MAX_FRAGMENTS: '4' },
    (client) => client.sendPieces(['{"ty', 'pe":', '"ping', '"}']),
  ],
  [
    'L2 as many messages as allowed at once',
    { WEFT_MESSAGES_PER_SECOND: '5' },
    (client) => client.send(Array.from({ length: 9 }, () => ({ type: 'ping' }))),
  ],
  [
    'L3 carets far more often than they are told',
    { WEFT_PRESENCE_PER_SECOND: '1' },
    (client) => client.send(Array.from({ length: 202 }, () => ({ type: 'cursor', ranges: null }))),
  ],
];

it.each(TAKEN)('%s is taken', async (_name, settings, go) => {
  await open(settings);
  const client = await joined();
  go(client);
  const { length } = client.received;
  client.submit(1, 0, [insert(0, 'x')]);
  if (settings['WEFT_MESSAGES_PER_SECOND'] !== undefined)
    expect(await client.answerTo(1)).toMatchObject({ retryAfter: 200 });
  else expect(await client.answerTo(1, length)).toMatchObject({ type: 'ack' });
  expect(client.ending).toBeUndefined();
});

describe('L1 before anything is parsed', () => {
  it('refuses a frame and a body that are nested too deep (FM6)', async () => {
    await open({ WEFT_MAX_JSON_DEPTH: '8' });
    const client = await joined();
    client.sendText(nested(9));
    client.sendText(nested(100_000));
    client.sendText(`{"type":"ping","nonce":${nested(8)}}`);
    client.send({ type: 'ping', nonce: nested(50) });
    await client.next(({ type }) => type === 'pong');
    expect(errors(client).map(({ code, message }) => [code, message])).toEqual(
      Array(3).fill(['bad_message', 'The frame is nested more than 8 deep']),
    );
    const headers = { 'content-type': 'application/json' };
    const answer = await owner.send('POST', '/api/documents', { body: `{"title":${nested(8)}}`, headers });
    expect([answer.statusCode, answer.json().error.message]).toEqual([400, 'Nested more than 8 deep']);
  });

  it('closes with 1008 on a frame that trickles in by the byte, long before it is whole (FM3)', async () => {
    await open({ WEFT_MAX_BUFFERED_CHUNKS: '64' });
    const client = await TcpClient.open(port, id);
    const length = 20_000;
    client.write(frameHead(length));
    let sent = 0;
    while (!client.isClosed && client.closeCode === undefined && sent < length - 1) {
      client.write(Buffer.from('x'));
      sent += 1;
      await new Promise(setImmediate);
    }
    expect([client.closeCode, sent < length - 1]).toEqual([1008, true]);
    client.destroy();
  });
});

describe('L2 too many submissions (FM7)', () => {
  it('are refused with the time to wait, use no seq up, and are taken after it', async () => {
    await open({ WEFT_SUBMISSIONS_PER_SECOND: '2' });
    const client = await joined();
    for (let seq = 1; seq <= 4; seq += 1) client.submit(seq, 0, [insert(0, 'x')]);
    expect(await client.answerTo(4)).toMatchObject({ type: 'ack', version: 4 });
    client.submit(5, 4, [insert(0, 'y')]);
    expect(await client.answerTo(5)).toMatchObject({ code: 'rate_limited', retryable: true, retryAfter: 500 });
    kit.clock.advance(500);
    const { length } = client.received;
    client.submit(5, 4, [insert(0, 'y')]);
    expect(await client.answerTo(5, length)).toMatchObject({ type: 'ack', version: 5 });
  });

  it('of one session do not touch another of the same person at the same address', async () => {
    await open({ WEFT_SUBMISSIONS_PER_SECOND: '1' });
    const [busy, calm] = [await joined(), await joined()];
    for (let seq = 1; seq <= 3; seq += 1) busy.submit(seq, 0, [insert(0, 'x')]);
    expect(await busy.answerTo(3)).toMatchObject({ code: 'rate_limited' });
    calm.submit(1, 0, [insert(0, 'y')]);
    expect(await calm.answerTo(1)).toMatchObject({ type: 'ack' });
  });
});

describe('L2 operations beyond their rate (FM19)', () => {
  const many = (count: number): object[] => Array.from({ length: count }, () => insert(0, 'x'));

  it('are taken all the same; their socket is read on when there may be more, others at once', async () => {
    await open({ WEFT_OPERATIONS_PER_SECOND: '10' });
    const [client, other] = [await joined(), await joined()];
    client.submit(1, 0, many(20));
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 1 });
    client.submit(2, 1, many(30));
    expect(await client.answerTo(2)).toMatchObject({ type: 'ack', version: 2 });
    client.submit(3, 2, many(1));
    for (let seq = 1; seq <= 5; seq += 1) {
      other.submit(seq, 1 + seq, many(1));
      expect(await other.answerTo(seq)).toMatchObject({ type: 'ack', version: 2 + seq });
    }
    kit.clock.advance(2900);
    other.submit(6, 7, many(1));
    await other.answerTo(6);
    expect(client.received.some(({ seq }) => seq === 3)).toBe(false);
    kit.clock.advance(100);
    expect(await client.answerTo(3)).toMatchObject({ type: 'ack', version: 9 });
    expect(errors(client)).toEqual([]);
  });

  it('pass as one long paste and as what was typed for days without a connection', async () => {
    await open();
    const client = await joined();
    client.submit(1, 0, [insert(0, 'x'.repeat(500_000))]);
    for (let seq = 2; seq <= 40; seq += 1) client.submit(seq, seq - 1, many(1000));
    expect(await client.answerTo(40)).toMatchObject({ type: 'ack', version: 40 });
  });
});

it('L3 a flood of WebSocket pings closes, however few come at once (FM7)', async () => {
  await open({ WEFT_PRESENCE_PER_SECOND: '1' });
  const client = await joined();
  // The library itself ends who sends more at once than it may answer later.
  for (const nonce of [1, 2, 3, 4]) {
    client.ping(50);
    client.send({ type: 'ping', nonce });
    await client.next((message) => message['nonce'] === nonce);
  }
  client.ping(1);
  expect((await client.closed()).code).toBe(4429);
});

describe('L3 carets that move faster than they are told', () => {
  it('arrive where they came to rest, and cost no message', async () => {
    await open({ WEFT_PRESENCE_PER_SECOND: '10', WEFT_MESSAGES_PER_SECOND: '10' });
    await owner.putText(`/api/documents/${id}/content`, 'x'.repeat(1000));
    const reader = await joined();
    const mover = await joined();
    for (let head = 1; head <= 1000; head += 1) {
      mover.send({ type: 'cursor', version: 1, ranges: [{ anchor: head, head }] });
    }
    mover.send({ type: 'presence', state: 'idle' });
    mover.send({ type: 'ping' });
    await mover.next(({ type }) => type === 'pong');
    for (let time = 0; time < 10; time += 1) kit.clock.advance(100);
    const last = await reader.next(
      ({ type, ranges }) => type === 'cursor-update' && (ranges as { head: number }[])[0]?.head === 1000,
    );
    expect(last).toMatchObject({ version: 1 });
    await reader.next(
      ({ type, changed }) => type === 'collaborators-update' && JSON.stringify(changed).includes('idle'),
    );
    expect(errors(mover)).toEqual([]);
  });
});
