import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SESSION_COOKIE } from '../access/identity.ts';
import { AppKit, type AppKitOptions, type Caller } from '../testing/app-kit.ts';
import { RawClient, type RawClientOptions } from '../../testing/raw-client.ts';

let kit: AppKit;
let owner: Caller;
let port: number;

async function open(options: AppKitOptions = {}): Promise<void> {
  kit = await AppKit.open(options);
  port = await kit.listen();
  owner = await kit.guest();
}

beforeEach(() => open());
afterEach(() => kit.close());

const socketUrl = (id: string): string => `ws://127.0.0.1:${port}/live/${id}`;
const cookie = (caller: Caller): Record<string, string> => ({ cookie: `${SESSION_COOKIE}=${caller.cookie}` });

async function refusedWith(id: string, options: RawClientOptions): Promise<number | undefined> {
  return (await new RawClient(socketUrl(id), options).closed()).status;
}

describe('the upgrade', () => {
  it('J1 speaks weft.v1 where it is offered among others, and no subprotocol where none is', async () => {
    const id = await owner.makeDocument();
    const client = new RawClient(socketUrl(id), { protocols: ['chat', 'weft.v1'] });
    await client.opened();
    expect(client.protocol).toBe('weft.v1');
    const plain = new RawClient(socketUrl(id), { protocols: [] });
    await plain.opened();
    expect(plain.protocol).toBe('');
  });

  it('C2 refuses before the upgrade what it can tell by then', async () => {
    const id = await owner.makeDocument();
    expect(await refusedWith(id, { protocols: ['weft.v0'] })).toBe(400);
    expect(await refusedWith(id, { headers: { cookie: `${SESSION_COOKIE}=forged.forged` } })).toBe(401);
    expect(await refusedWith(id, { headers: { authorization: 'Bearer no' } })).toBe(401);
    expect(await refusedWith(id, { headers: { ...cookie(owner), origin: 'https://evil.example' } })).toBe(403);
    expect(await refusedWith('nothing-here', {})).toBe(404);
    expect(await refusedWith('no%2Fid', {})).toBe(404);
    const answer = await fetch(`http://127.0.0.1:${port}/live/${id}`);
    expect(answer.status).toBe(426);
    expect(await answer.json()).toMatchObject({ error: { code: 'bad_message' } });
  });

  it('J6 takes a page of our own and a stranger without a cookie from anywhere', async () => {
    const id = await owner.makeDocument();
    const own = { ...cookie(owner), origin: `http://127.0.0.1:${port}` };
    const { answer } = await RawClient.join(socketUrl(id), { headers: own });
    expect(answer['session']).toMatchObject({ role: 'owner' });
    const foreign = await RawClient.join(socketUrl(id), { headers: { origin: 'https://blog.example' } });
    expect(foreign.answer['session']).toMatchObject({ role: 'editor' });
  });

  it('J11 looks at no cookie where the address says so, be it good, forged or of a foreign page', async () => {
    const id = await owner.makeDocument();
    const url = `${socketUrl(id)}?credentials=omit`;
    const forged = { cookie: `${SESSION_COOKIE}=forged.forged` };
    for (const headers of [cookie(owner), forged, { ...cookie(owner), origin: 'http://127.0.0.1:1' }]) {
      const { answer } = await RawClient.join(url, { headers });
      expect(answer['session']).toMatchObject({ role: 'editor' });
    }
    const misspelt = { headers: { ...cookie(owner), origin: 'http://127.0.0.1:1' } };
    expect((await new RawClient(`${socketUrl(id)}?credentials=omitted`, misspelt).closed()).status).toBe(403);
    expect((await new RawClient(`${socketUrl(id)}?credentials=omitted`).closed()).status).toBe(400);
  });

  it('C2 refuses more sockets than the setting allows (FW10)', async () => {
    await kit.close();
    await open({ settings: { WEFT_MAX_SESSIONS: '1' } });
    const id = await owner.makeDocument();
    await RawClient.join(socketUrl(id));
    expect(await refusedWith(id, {})).toBe(503);
  });
});

describe('who a client is', () => {
  it('J5 and J8 make the same guest of the same clientId, and keep the clientId secret', async () => {
    const id = await owner.makeDocument();
    const first = await RawClient.join(socketUrl(id));
    first.client.close();
    const again = await RawClient.join(socketUrl(id), { clientId: first.client.clientId });
    expect(again.answer['session']).toEqual(first.answer['session']);
    const other = await RawClient.join(socketUrl(id));
    expect(other.answer['session']).not.toEqual(first.answer['session']);
    expect(JSON.stringify(other.client.received)).not.toContain(first.client.clientId);
  });

  it('J5 takes the name and colour of a join', async () => {
    const id = await owner.makeDocument();
    const { answer } = await RawClient.join(socketUrl(id), { join: { name: 'Mina 민아', color: '#2e67c6' } });
    expect(answer['session']).toMatchObject({ user: { name: 'Mina 민아', color: '#2e67c6' } });
  });

  it('J4 closes with 4401 on a token, which nobody can have yet, and with 4404 where the link is shut', async () => {
    const id = await owner.makeDocument({ linkAccess: 'none' });
    const token = new RawClient(socketUrl(id));
    await token.opened();
    token.send({ type: 'join', clientId: token.clientId, token: 'nonsense' });
    expect((await token.closed()).code).toBe(4401);
    const stranger = new RawClient(socketUrl(id));
    await stranger.opened();
    stranger.send({ type: 'join', clientId: stranger.clientId });
    expect((await stranger.closed()).code).toBe(4404);
    expect(stranger.received).toMatchObject([{ type: 'error', code: 'not_found' }]);
  });
});

it('J9 names the connection, another time by another name, and keeps the names of others', async () => {
  const id = await owner.makeDocument();
  const first = await RawClient.join(socketUrl(id));
  const again = await RawClient.join(socketUrl(id), { clientId: first.client.clientId, join: { version: 0 } });
  const names = [first.answer, again.answer].map((answer) => answer['connectionId']);
  expect([first.answer.type, again.answer.type]).toEqual(['document-init', 'document-sync']);
  for (const name of names) expect(name).toMatch(/^[\w-]{12}$/);
  expect(new Set(names).size).toBe(2);
  expect(JSON.stringify(again.answer)).not.toContain(names[0]);
});

describe('frames', () => {
  it('J2 closes with 1003, 1007 and 1009 on what is no text frame of the protocol', async () => {
    const id = await owner.makeDocument();
    const binary = await RawClient.join(socketUrl(id));
    binary.client.sendBinary(new Uint8Array([1, 2]));
    expect((await binary.client.closed()).code).toBe(1003);
    const broken = await RawClient.join(socketUrl(id));
    broken.client.sendText(new Uint8Array([0x22, 0xff, 0x22]));
    expect((await broken.client.closed()).code).toBe(1007);
    const big = await RawClient.join(socketUrl(id));
    big.client.sendText(JSON.stringify({ type: 'ping', nonce: 'x'.repeat(1024 * 1024) }));
    expect((await big.client.closed()).code).toBe(1009);
    const { answer } = await RawClient.join(socketUrl(id));
    expect(answer['version']).toBe(0);
  });

  it('O1 commits what is sent and reads it back over HTTP', async () => {
    const id = await owner.makeDocument({ content: 'zwei' });
    const { client, answer } = await RawClient.join(socketUrl(id));
    expect(answer).toMatchObject({ type: 'document-init', reason: 'new', content: 'zwei', version: 1, seq: 0 });
    client.submit(1, 1, [
      { type: 'insert', position: 0, text: '👩‍👧 ' },
      { type: 'replace', from: 6, to: 8, text: 'ZW' },
    ]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 2 });
    const content = await owner.get(`/api/documents/${id}/content`);
    expect(content.body).toBe('👩‍👧 ZWei');
    expect(content.headers['weft-version']).toBe('2');
  });
});

describe('the heartbeat', () => {
  it('B1 pings every 15 s and drops with 4408 who was silent for 45 s (FM15)', async () => {
    const id = await owner.makeDocument();
    const { client } = await RawClient.join(socketUrl(id));
    const stalled = await RawClient.join(socketUrl(id));
    stalled.client.pause();
    for (let beats = 0; beats < 4; beats += 1) {
      const heard = client.received.length;
      kit.clock.advance(15_000);
      client.send({ type: 'ping', nonce: beats });
      await client.next((message) => message.type === 'pong', heard);
    }
    await vi.waitFor(() => expect(kit.rooms.health().sessions).toBe(1));
    stalled.client.resume();
    expect((await stalled.client.closed()).code).toBe(4408);
    expect(client.ending).toBeUndefined();
  });
});

describe('stopping', () => {
  it('C1 finishes what is queued, says 1012, and refuses new sockets', async () => {
    const id = await owner.makeDocument();
    const { client } = await RawClient.join(socketUrl(id));
    for (let seq = 1; seq <= 20; seq += 1) client.submit(seq, 0, [{ type: 'insert', position: 0, text: 'x' }]);
    await client.answerTo(1);
    await kit.rooms.close();
    const { code } = await client.closed();
    expect(code).toBe(1012);
    const { version } = await kit.store.head(id);
    expect(client.received.filter((message) => message.type === 'ack')).toHaveLength(version);
    expect(await refusedWith(id, {})).toBe(503);
  });
});
