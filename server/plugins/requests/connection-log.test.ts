import { afterEach, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../access/identity.ts';
import { eventually } from '../../../testing/eventually.ts';
import { AppKit, type AppKitOptions, type Caller } from '../../testing/app-kit.ts';
import { RawClient } from '../../../testing/raw-client.ts';
import { insert } from '../../../shared/testing/operations.ts';

let kit: AppKit;
let owner: Caller;
let port: number;

async function open(options: AppKitOptions = {}): Promise<void> {
  kit = await AppKit.open(options);
  port = await kit.listen();
  owner = await kit.guest();
}
afterEach(() => kit.close());

const url = (id: string): string => `ws://127.0.0.1:${port}/live/${id}`;
const lines = (): Record<string, unknown>[] => kit.log.map((line) => JSON.parse(line));

it('J9 leaves a line when a connection opens and when it ends, under the name that its client knows', async () => {
  await open({ settings: { WEFT_TRUST_PROXY: 'true' } });
  const id = await owner.makeDocument();
  const { client, answer } = await RawClient.join(url(id), { headers: { 'x-forwarded-for': '203.0.113.7' } });
  client.submit(1, 0, [insert(0, 'x')]);
  await client.answerTo(1);
  kit.clock.advance(4000);
  client.send({ type: 'leave' });
  await client.closed();
  const { connectionId } = answer;
  const ours = (): Record<string, unknown>[] => lines().filter((line) => line['connectionId'] === connectionId);
  await eventually(() => expect(ours()).toHaveLength(2));
  const common = { level: 30, documentId: id, address: '203.0.113.7' };
  expect(ours()).toMatchObject([
    { ...common, msg: 'A connection opened' },
    { ...common, msg: 'A connection ended', code: 1000, milliseconds: 4000, received: 3, sent: expect.any(Number) },
  ]);
});

it('writes no credential, no text and no line but its own, whatever is said to it', async () => {
  await open({ settings: { WEFT_LOG_LEVEL: 'trace', WEFT_TRUST_PROXY: 'true' } });
  const SECRET = 'hush-hush';
  const clientId = `${SECRET}-clientId-clientId`;
  const id = await owner.makeDocument({ title: `${SECRET} title`, content: `${SECRET} content` });
  const cookie = `${SESSION_COOKIE}=${owner.cookie}`;
  await owner.putText(`/api/documents/${id}/content`, `${SECRET} put`);
  await owner.putText(`/api/documents/${id}/content`, `${SECRET} \0 refused`);
  await owner.send('POST', `/api/documents/${id}/operations`, {
    body: { clientId, seq: 1, version: 0, operations: [insert(0, `${SECRET} posted`)] },
  });
  await owner.send('POST', `/api/documents/${id}/operations`, {
    body: `{"${SECRET}`,
    headers: { 'content-type': 'application/json' },
  });
  await kit.app.inject({ url: `/api/session?token=${SECRET}`, headers: { authorization: `Bearer ${SECRET}` } });
  await kit.app.inject({ url: '/api/session', headers: { cookie: `${SESSION_COOKIE}=${SECRET}` } });
  await new RawClient(url(id), { headers: { authorization: `Bearer ${SECRET}` } }).closed();

  const { client } = await RawClient.join(url(id), { clientId, headers: { cookie }, join: { name: SECRET } });
  client.submit(2, 0, [insert(0, `${SECRET} typed`)]);
  await client.answerTo(2);
  client.sendText(`${SECRET} is not JSON`);
  client.send({ type: SECRET, text: SECRET });
  client.submit(3, 99, [insert(0, `${SECRET} ahead`)]);
  await client.answerTo(3);
  client.send({ type: 'authenticate', token: SECRET });
  await client.next(({ code }) => code === 'unauthenticated');
  kit.faults.fault = 'refuse';
  const odd = '\u001b[31m203.0.113.7\r\n{"level":60}';
  await kit.app.inject({ url: `/live/${id}`, headers: { 'x-forwarded-for': odd, 'user-agent': odd } });
  const named = new RawClient(url(id));
  await named.opened();
  named.send({ type: 'join', clientId: named.clientId, name: odd });
  await named.next(({ code }) => code === 'bad_message');
  const failing = await RawClient.join(url(id));
  failing.client.submit(1, 0, [insert(0, `${SECRET} on a broken disk`)]);
  await eventually(() => expect(kit.log.join('')).toContain('A commit failed'));
  kit.faults.fault = 'none';
  await eventually(() => {
    kit.clock.advance(1000);
    expect(failing.client.received.some(({ type }) => type === 'ack')).toBe(true);
  });
  failing.client.cut();
  await eventually(() => expect(lines().some(({ code }) => code === 1006)).toBe(true));

  const written = kit.log.join('');
  expect(lines().length).toBeGreaterThan(10);
  expect(written).not.toContain(SECRET);
  expect(written).not.toContain(owner.cookie);
  for (const line of kit.log) expect(line).toMatch(/^\{[^\r\n\u001b]*\}\n$/);
});
