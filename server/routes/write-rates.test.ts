import { afterEach, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
afterEach(() => kit.close());

/** Makes a document as somebody who shows nothing of who they are. */
const make = (address: string, body: object = {}, caller: Caller = kit.caller(), headers = {}) =>
  caller.send('POST', '/api/documents', { body, remoteAddress: address, headers });
/** Said by a proxy on this machine that nobody told the server of. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.7' };
const statusesOf = async (answers: ReturnType<typeof make>[]) =>
  (await Promise.all(answers)).map(({ statusCode }) => statusCode);

it('L9 FH18 counts the documents of a network where nobody says who they are, and those of each user', async () => {
  kit = await AppKit.open({ settings: { WEFT_DOCUMENTS_PER_MINUTE: '2' } });
  expect(await statusesOf([make('192.0.2.1'), make('192.0.2.1'), make('192.0.2.1')])).toEqual([201, 201, 429]);
  const refused = await make('192.0.2.1');
  expect([refused.json().error.code, refused.headers['retry-after'], refused.cookies]).toEqual([
    ...['rate_limited', '30', []],
  ]);
  expect((await make('127.0.0.1')).statusCode).toBe(201);
  const mina = await kit.guest();
  for (const status of [201, 201, 429]) expect((await make('192.0.2.1', {}, mina)).statusCode).toBe(status);
  kit.clock.advance(30_000);
  expect(await statusesOf([make('192.0.2.1'), make('192.0.2.1', {}, mina)])).toEqual([201, 201]);
});

it('L9 FH18 counts bytes over all ways of writing, and nothing is written of what is refused', async () => {
  kit = await AppKit.open({ settings: { WEFT_WRITTEN_BYTES_PER_MINUTE: '3000' } });
  const mina = await kit.guest();
  const id = await mina.makeDocument({ content: 'a'.repeat(1000) });
  const content = `/api/documents/${id}/content`;
  expect((await mina.putText(content, 'b'.repeat(1000))).statusCode).toBe(200);
  const body = { version: 2, operations: [{ type: 'insert', position: 0, text: 'c'.repeat(1000) }] };
  expect((await mina.send('POST', `/api/documents/${id}/operations`, { body })).statusCode).toBe(429);
  expect((await mina.putText(content, 'd'.repeat(1001))).statusCode).toBe(429);
  expect((await make('192.0.2.1', { content: 'e'.repeat(1001) }, mina)).statusCode).toBe(429);
  expect((await mina.get(content)).body).toBe('b'.repeat(1000));
  expect((await mina.get('/api/documents')).json().documents).toHaveLength(1);
  kit.clock.advance(60_000);
  expect((await mina.send('POST', `/api/documents/${id}/operations`, { body })).statusCode).toBe(200);
});

it('L9 FH18 bounds what all guests of a network write in a day, but not behind a proxy that nobody told of', async () => {
  kit = await AppKit.open({ settings: { WEFT_NETWORK_BYTES_PER_DAY: '2000' } });
  const text = { content: 'x'.repeat(1000) };
  for (const status of [201, 201, 429]) {
    expect((await make('2001:db8::1', text, await kit.guest())).statusCode).toBe(status);
    expect((await make('127.0.0.1', text, await kit.guest(), FORWARDED)).statusCode).toBe(201);
  }
  expect((await make('2001:db8::2', text)).statusCode).toBe(429);
  kit.clock.advance(86_400_000);
  expect((await make('2001:db8::2', text)).statusCode).toBe(201);
});

it('L9 FH18 makes so many new guests for one network, and knows those who are there', async () => {
  kit = await AppKit.open({ settings: { WEFT_GUESTS_PER_MINUTE: '1' } });
  const come = (caller: Caller) => caller.send('POST', '/api/session', { remoteAddress: '192.0.2.1' });
  const mina = kit.caller();
  expect([await come(mina), await come(kit.caller()), await come(mina)].map(({ statusCode }) => statusCode)).toEqual([
    ...[200, 429, 200],
  ]);
});

it('L9 counts who watches as who writes, and makes so many new guests for it', async () => {
  kit = await AppKit.open({ settings: { WEFT_SUBMISSIONS_PER_SECOND: '1', WEFT_GUESTS_PER_MINUTE: '2' } });
  const mina = await kit.guest();
  const id = await mina.makeDocument();
  const watch = (caller: Caller, remoteAddress: string, method: 'PUT' | 'DELETE' = 'PUT') =>
    caller.send(method, `/api/documents/${id}/watch`, { remoteAddress });
  const statuses: number[] = [];
  for (let time = 0; time < 20; time += 1) {
    statuses.push((await watch(mina, '192.0.2.1', time % 2 === 0 ? 'PUT' : 'DELETE')).statusCode);
  }
  expect([statuses[0], statuses.at(-1)]).toEqual([204, 429]);
  kit.clock.advance(60_000);
  const strangers = await statusesOf([1, 2, 3].map(() => watch(kit.caller(), '198.51.100.1')));
  expect(strangers).toEqual([204, 204, 429]);
});
