import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import type { Message, RawClientOptions } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';

const JOIN_TIMEOUT = 800;
/** An insertion at the very front. */
const front = (text: string): object => ({ type: 'insert', position: 0, text });

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_JOIN_TIMEOUT_MS: String(JOIN_TIMEOUT) } });
  owner = await Stranger.guest(server.url);
});
afterAll(() => server.dispose());

describe('the upgrade', () => {
  const statusOf = async (who: Stranger, id: string, options?: RawClientOptions): Promise<number | undefined> =>
    (await who.dial(id, options).closed()).status;

  it('J1 chooses weft.v1 among others, takes a client that offers none, and refuses one that offers only others', async () => {
    const id = await owner.makeDocument();
    const first = await owner.open(id, { protocols: ['graphql-ws', 'weft.v1'] });
    expect(first.protocol).toBe('weft.v1');
    const silent = await owner.join(id, { protocols: [] });
    expect([silent.client.protocol, silent.answer['version']]).toEqual(['', 0]);
    expect(await statusOf(owner, id, { protocols: ['weft.v2'] })).toBe(400);
    expect(await statusOf(owner, id, { protocols: ['WEFT.V1'] })).toBe(400);
  });

  it('C2 says by HTTP what it can tell before the upgrade (FW1, FW2)', async () => {
    const id = await owner.makeDocument();
    const nobody = new Stranger(server.url);
    expect(await statusOf(nobody, 'there-is-no-such-one')).toBe(404);
    expect(await statusOf(nobody, id, { headers: { cookie: 'weft_session=a.b' } })).toBe(401);
    expect(await statusOf(nobody, id, { headers: { authorization: 'Bearer eyJ.e30.x' } })).toBe(401);
    expect(await statusOf(owner, id, { headers: { origin: 'https://elsewhere.example' } })).toBe(403);
    const plain = await nobody.get(`/live/${id}`);
    expect([plain.status, plain.code, plain.headers.get('upgrade')]).toEqual([426, 'bad_message', 'websocket']);
  });
});

describe('frames', () => {
  it('J2 takes an array of messages in order', async () => {
    const { client } = await owner.join(await owner.makeDocument());
    client.send([
      { type: 'ping', nonce: 'first' },
      { type: 'submit', seq: 1, version: 0, operations: [front('a')] },
      { type: 'ping', nonce: 2 },
    ]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 1 });
    const pongs = client.received.filter(({ type }) => type === 'pong');
    expect(pongs.map((pong) => pong['nonce'])).toEqual(['first', 2]);
    expect(Math.abs((pongs[0]!['timestamp'] as number) - Date.now())).toBeLessThan(5000);
    client.send([]);
    client.send({ type: 'ping' });
    const last = await client.next(({ type, nonce }) => type === 'pong' && nonce === undefined);
    expect(Object.keys(last).sort()).toEqual(['timestamp', 'type']);
  });

  it('J3 takes join and the first submit in one frame, however much there is in it', async () => {
    const client = await owner.open(await owner.makeDocument());
    client.send([
      { type: 'join', clientId: client.clientId },
      { type: 'presence', state: 'active' },
      { type: 'cursor', version: 0, ranges: [] },
      { type: 'ping' },
      { type: 'submit', seq: 1, version: 0, operations: [front('x'.repeat(900_000))] },
    ]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 1 });
    const [first] = client.received;
    expect(first).toMatchObject({ type: 'document-init', version: 0, seq: 0, reason: 'new' });
  });

  it('J3 answers a submit that followed a refused join', async () => {
    const id = await owner.makeDocument();
    const { client } = await owner.join(id);
    const thief = await new Stranger(server.url).open(id);
    thief.send([
      { type: 'join', clientId: client.clientId },
      { type: 'submit', seq: 1, version: 0, operations: [front('stolen')] },
    ]);
    expect(await thief.answerTo(1)).toMatchObject({ type: 'error', code: 'client_taken', retryable: false });
    expect(thief.received).toHaveLength(2);
    expect(await owner.read(id)).toMatchObject({ text: '', version: 0 });
  });

  it('J3 lets ping come before join, refuses anything else, and refuses a second join (FM11)', async () => {
    const client = await owner.open(await owner.makeDocument());
    const submit: Message = { type: 'submit', seq: 1, version: 0, operations: [front('a')] };
    client.send([{ type: 'ping', nonce: 0 }, submit]);
    expect(await client.next(({ type }) => type === 'pong')).toMatchObject({ nonce: 0 });
    expect(await client.answerTo(1)).toMatchObject({ code: 'bad_message', seq: 1 });
    const join: Message = { type: 'join', clientId: client.clientId };
    client.send([join, join]);
    await client.next(({ type }) => type === 'document-init');
    const refusals = (): Message[] => client.received.filter(({ type }) => type === 'error');
    await client.next((message) => message.type === 'error' && message['seq'] === undefined);
    client.send([join, { type: 'ping', nonce: 1 }]);
    await client.next(({ nonce }) => nonce === 1);
    expect(refusals().map(({ code }) => code)).toEqual(['bad_message', 'bad_message', 'bad_message']);
    expect(client.received.filter(({ type }) => type === 'document-init')).toHaveLength(1);
    client.send(submit);
    expect(await client.next(({ type }) => type === 'ack')).toMatchObject({ seq: 1, version: 1 });
  });

  it('J3 closes with 4408 who does not join in time, whatever else they say (FW7)', async () => {
    const client = await owner.open(await owner.makeDocument());
    client.send({ type: 'ping' });
    expect((await client.closed()).code).toBe(4408);
  });

  it('J3 leave closes with 1000, before and after join, and nothing behind it counts', async () => {
    const id = await owner.makeDocument();
    const early = await owner.open(id);
    early.send({ type: 'leave' });
    expect((await early.closed()).code).toBe(1000);
    const { client } = await owner.join(id);
    client.send([{ type: 'leave' }, { type: 'submit', seq: 1, version: 0, operations: [front('late')] }]);
    expect((await client.closed()).code).toBe(1000);
    expect(await owner.read(id)).toMatchObject({ version: 0 });
  });

  it('J2 closes with 1003, 1007 and 1009; 1 MiB to the byte is not too much', async () => {
    const id = await owner.makeDocument();
    const binary = await owner.open(id);
    binary.sendBinary(new TextEncoder().encode(`{"type":"join","clientId":"${binary.clientId}"}`));
    expect((await binary.closed()).code).toBe(1003);
    const broken = await owner.join(id);
    broken.client.sendText(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]));
    expect((await broken.client.closed()).code).toBe(1007);
    const padded = (bytes: number): string => '{"type":"ping"}'.padEnd(bytes, ' ');
    const { client, answer } = await owner.join(id);
    expect(answer['limits']).toEqual({ messageBytes: 1_048_576, operations: 1000, documentLength: 5_000_000 });
    client.sendText(padded(1_048_576));
    await client.next(({ type }) => type === 'pong');
    client.sendText(padded(1_048_577));
    expect((await client.closed()).code).toBe(1009);
  });

  it.each([
    ['not JSON', '{"type":"ping"'],
    ['nothing', ''],
    ['null', 'null'],
    ['an array in an array', '[[{"type":"ping"}]]'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"document-update"}'],
    ['a type of a prototype', '{"type":"__proto__"}'],
    ['a cursor before the text', '{"type":"cursor","version":0,"ranges":[{"anchor":-1,"head":0}]}'],
    ['a cursor without a version', '{"type":"cursor","ranges":[{"anchor":0,"head":0}]}'],
    ['a cursor without ranges', '{"type":"cursor","version":0}'],
    ['a state nobody has', '{"type":"presence","state":"asleep"}'],
    ['a nonce that is an object', '{"type":"ping","nonce":{}}'],
    ['a seq of 0', '{"type":"submit","seq":0,"version":0,"operations":[]}'],
    ['a seq beyond safe integers', '{"type":"submit","seq":9007199254740993,"version":0,"operations":[]}'],
    ['a version that is a float', '{"type":"submit","seq":1,"version":0.5,"operations":[]}'],
    ['a version that is text', '{"type":"submit","seq":1,"version":"0","operations":[]}'],
    ['no operations', '{"type":"submit","seq":1,"version":0}'],
    ['operations that are an object', '{"type":"submit","seq":1,"version":0,"operations":{"0":{}}}'],
    ['ten thousand nested arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ])('O6 calls it bad_message: %s (FM5, FM8, FO5)', async (_name, frame) => {
    const { client } = await owner.join(await owner.makeDocument());
    client.sendText(frame);
    const error = await client.next(({ type }) => type === 'error');
    expect(error).toMatchObject({ code: 'bad_message', retryable: false });
    client.send({ type: 'ping', nonce: 'still here' });
    await client.next(({ type }) => type === 'pong');
  });

  it.each([
    { clientId: 'x'.repeat(21) },
    { clientId: `${'x'.repeat(22)}=` },
    { clientId: 7 },
    { version: -1 },
    { version: '1' },
    { timestamp: 1.5 },
    { name: '' },
    { name: 'two\nlines' },
    { color: 'red' },
    { color: '#12345g' },
  ])('O6 refuses to join with %j', async (fields) => {
    const client = await owner.open(await owner.makeDocument());
    client.send({ type: 'join', clientId: client.clientId, ...fields });
    expect(await client.next(() => true)).toMatchObject({ type: 'error', code: 'bad_message' });
    // The socket is still open, and a right join is still the first.
    client.send({ type: 'join', clientId: client.clientId, fieldOfTheFuture: true });
    expect(await client.next(({ type }) => type === 'document-init')).toMatchObject({ version: 0 });
  });

  it('C1 closes with 4400 at the tenth bad message; refused operations are not bad messages', async () => {
    const { client } = await owner.join(await owner.makeDocument());
    for (let times = 0; times < 12; times += 1) client.submit(1, 0, [front('\r')]);
    await expect.poll(() => client.received.filter(({ code }) => code === 'bad_text').length).toBe(12);
    for (let times = 0; times < 9; times += 1) client.send({ type: 'nonsense' });
    client.send({ type: 'ping' });
    await client.next(({ type }) => type === 'pong');
    client.send({ type: 'nonsense' });
    expect((await client.closed()).code).toBe(4400);
    expect(client.received.filter(({ code }) => code === 'bad_message')).toHaveLength(10);
  });
});
