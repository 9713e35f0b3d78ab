import { afterEach, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../access/identity.ts';
import { eventually } from '../../testing/eventually.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { RawClient, type RawClientOptions } from '../../testing/raw-client.ts';

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

const url = (document = id): string => `ws://127.0.0.1:${port}/live/${document}`;
const own = (): RawClientOptions => ({ headers: { cookie: `${SESSION_COOKIE}=${owner.cookie}` } });

/** Says join and hands back what it was told, and how it ended. */
async function refusedJoin(options: RawClientOptions = {}, document = id): Promise<unknown> {
  const client = new RawClient(url(document), options);
  await client.opened();
  client.send({ type: 'join', clientId: client.clientId });
  const { code } = await client.closed();
  return [client.received[0]?.['code'], client.received[0]?.['retryAfter'], code];
}

describe('L4 sessions', () => {
  it('of a document are bounded, whoever has them, and a free place is taken again', async () => {
    await open({ WEFT_MAX_SESSIONS_PER_DOCUMENT: '2' });
    const first = await RawClient.join(url());
    const second = await RawClient.join(url());
    expect(await refusedJoin()).toEqual(['rate_limited', 5000, 4429]);
    const other = await RawClient.join(url(await owner.makeDocument()));
    expect(other.answer['count']).toBe(1);
    const again = await RawClient.join(url(), { clientId: second.client.clientId });
    expect([again.answer['count'], (await second.client.closed()).code]).toEqual([2, 4409]);
    first.client.send({ type: 'leave' });
    await first.client.closed();
    expect((await RawClient.join(url())).answer['count']).toBe(2);
  });

  it('of a user are bounded on all documents together, and others are not touched (FW10)', async () => {
    await open({ WEFT_MAX_SESSIONS_PER_USER: '2' });
    const elsewhere = await owner.makeDocument();
    const first = await RawClient.join(url(), own());
    await RawClient.join(url(elsewhere), own());
    expect(await refusedJoin(own(), elsewhere)).toEqual(['rate_limited', 5000, 4429]);
    await RawClient.join(url());
    first.client.cut();
    await eventually(async () => {
      const { client } = await RawClient.join(url(elsewhere), own());
      client.cut();
    });
  });

  it('that were refused, or tried twice on one socket, leave no place taken', async () => {
    await open({ WEFT_MAX_SESSIONS_PER_USER: '1' });
    const shut = await kit.caller().makeDocument({ linkAccess: 'none' });
    for (let count = 0; count < 3; count += 1)
      expect(await refusedJoin(own(), shut)).toEqual(['not_found', undefined, 4404]);
    const taken = await RawClient.join(url());
    const client = new RawClient(url(), own());
    await client.opened();
    client.send({ type: 'join', clientId: taken.client.clientId });
    expect(await client.next(({ type }) => type === 'error')).toMatchObject({ code: 'client_taken' });
    client.send({ type: 'join', clientId: client.clientId });
    expect(await client.next(({ type }) => type === 'document-init')).toMatchObject({ count: 2 });
  });
});

describe('L5 new sockets', () => {
  const from = (address: string): RawClientOptions => ({ headers: { 'x-forwarded-for': address } });

  it('from one address are bounded, behind a proxy by the address it names, and heal with time', async () => {
    await open({ WEFT_TRUST_PROXY: 'true', WEFT_MAX_CONNECTIONS_PER_ADDRESS: '2' });
    const statusOf = async (address: string): Promise<number | undefined> => {
      const client = new RawClient(url(), from(address));
      return client.opened().then(
        () => undefined,
        async () => (await client.closed()).status,
      );
    };
    expect(await Promise.all([statusOf('203.0.113.7'), statusOf('203.0.113.7')])).toEqual([undefined, undefined]);
    expect(await statusOf('203.0.113.7')).toBe(429);
    expect(await statusOf('203.0.113.8')).toBeUndefined();
    kit.clock.advance(5000);
    expect(await statusOf('203.0.113.7')).toBeUndefined();
  });

  it('are told by Retry-After when to come again', async () => {
    await open({ WEFT_TRUST_PROXY: 'true', WEFT_MAX_CONNECTIONS_PER_ADDRESS: '1' });
    const { client } = await RawClient.join(url(), from('2001:db8::1'));
    const response = await new Promise<{ status: number | undefined; after: string | undefined }>((resolve) => {
      const second = new RawClient(url(), {
        ...from('2001:db8::2'),
        onRefused: (status, headers) => resolve({ status, after: headers['retry-after'] }),
      });
      void second.closed();
    });
    expect(response).toEqual({ status: 429, after: '10' });
    expect(client.ending).toBeUndefined();
  });

  it('from a proxy on this machine that nobody told the server of are not', async () => {
    await open({ WEFT_MAX_CONNECTIONS_PER_ADDRESS: '1' });
    for (let count = 0; count < 5; count += 1) await RawClient.join(url(), from('203.0.113.7'));
  });
});

describe('L6 documents in memory', () => {
  const contentOf = async (document: string): Promise<number> =>
    (await owner.get(`/api/documents/${document}/content`)).statusCode;

  it('are bounded in number: the unused one goes, and where all are used the next is refused (FR6)', async () => {
    await open({ WEFT_MAX_ROOMS: '2' });
    const { client } = await RawClient.join(url());
    const [second, third] = [await owner.makeDocument(), await owner.makeDocument()];
    expect([await contentOf(second), await contentOf(third)]).toEqual([200, 200]);
    expect(kit.rooms.health().rooms).toBe(2);
    const busy = await RawClient.join(url(second));
    const answer = await owner.get(`/api/documents/${third}/content`);
    expect([answer.statusCode, answer.json().error.code, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    const refused = new RawClient(url(third));
    await refused.opened();
    refused.send({ type: 'join', clientId: refused.clientId });
    expect(await refused.next(({ type }) => type === 'error')).toMatchObject({ code: 'unavailable', retryAfter: 5000 });
    client.send({ type: 'leave' });
    await client.closed();
    await eventually(async () => expect(await contentOf(third)).toBe(200));
    expect(busy.client.ending).toBeUndefined();
  });

  it('are bounded in bytes, one that is too large for itself too', async () => {
    await open({ WEFT_MAX_ROOM_BYTES: '10000' });
    const { client } = await RawClient.join(url());
    const large = await owner.makeDocument({ content: 'x'.repeat(6000) });
    expect(await contentOf(large)).toBe(503);
    expect(kit.rooms.health().rooms).toBe(1);
    const small = await owner.makeDocument({ content: 'x'.repeat(2000) });
    const another = await owner.makeDocument({ content: 'x'.repeat(2000) });
    expect([await contentOf(small), await contentOf(another)]).toEqual([200, 200]);
    client.submit(1, 0, [{ type: 'insert', position: 0, text: 'y'.repeat(4000) }]);
    await client.answerTo(1);
    expect(await contentOf(await owner.makeDocument())).toBe(503);
    expect((await RawClient.join(url())).answer['version']).toBe(1);
  });
});
