import { afterEach, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { RawClient } from '../../testing/raw-client.ts';

const MEBIBYTE = 1024 * 1024;
/** Each unit takes six bytes in JSON: far more than the system takes for a reader. */
const LENGTH = 4_000_000;
const TEXT_BYTES = 6 * LENGTH;
const [HERE, ELSEWHERE, THIRD] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
/** What was written while a reader did not read; more than it is told unasked. */
const PARAGRAPH = 'x'.repeat(80_000);

let kit: AppKit;
let owner: Caller;
afterEach(() => kit.close());

async function open(settings: Record<string, string>): Promise<void> {
  kit = await AppKit.open({ settings: { WEFT_TRUST_PROXY: 'true', ...settings } });
  await kit.listen();
  owner = await kit.guest();
}

const urlOf = (id: string): string => `ws://127.0.0.1:${kit.port}/live/${id}`;
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
const waiting = async (): Promise<number> => samplesOf((await owner.get('/metrics')).body).get('weft_waiting_bytes')!;
const closes = (code: number): number => kit.rooms.counters.closes.get(code) ?? 0;

/** Somebody who joins and reads nothing. */
async function unreading(id: string, address: string): Promise<RawClient> {
  const client = new RawClient(urlOf(id), from(address));
  await client.opened();
  client.pause();
  client.send({ type: 'join', clientId: client.clientId });
  return client;
}

it('L7 FM18 sockets of one network that join and read nothing hold a bounded sum, shared texts once; others are served', async () => {
  await open({
    WEFT_MAX_WAITING_BYTES_PER_ADDRESS: String(30 * MEBIBYTE),
    WEFT_MAX_WAITING_BYTES: String(60 * MEBIBYTE),
  });
  const make = (): Promise<string> => owner.makeDocument({ content: '\u0001'.repeat(LENGTH) });
  const [first, second, third] = [await make(), await make(), await make()];
  expect(await waiting()).toBe(0);

  const readers: RawClient[] = [];
  for (let count = 0; count < 5; count += 1) readers.push(await unreading(first, HERE));
  await eventually(() => expect(kit.rooms.memory().sendBuffers).toBeGreaterThan(4 * TEXT_BYTES * 0.5));
  const held = await waiting();
  expect(held).toBeGreaterThan(TEXT_BYTES);
  expect(held).toBeLessThan(TEXT_BYTES + MEBIBYTE);

  const refused = await unreading(second, HERE);
  await eventually(() => expect(kit.rooms.health().sessions).toBe(5));
  refused.resume();
  expect((await refused.closed()).code).toBe(1013);
  expect(await waiting()).toBe(held);

  // Others have their share.
  const { client, answer } = await RawClient.join(urlOf(second), from(ELSEWHERE));
  expect(answer['content']).toHaveLength(LENGTH);
  await eventually(async () => expect(await waiting()).toBe(held));
  // All networks together have theirs.
  const elsewhere = await unreading(second, ELSEWHERE);
  await eventually(async () => expect(await waiting()).toBeGreaterThan(2 * TEXT_BYTES));
  const beyond = await unreading(third, THIRD);
  beyond.resume();
  expect((await beyond.closed()).code).toBe(1013);

  // They end in every way there is: by themselves, cut off, and as readers who are too slow.
  elsewhere.close();
  elsewhere.resume();
  await elsewhere.closed();
  readers[0]!.cut();
  await eventually(() => expect(kit.rooms.health().sessions).toBe(5));
  expect(await waiting()).toBe(held);
  for (let second = 0; second < 20; second += 1) kit.clock.advance(1000);
  await eventually(() => expect(closes(4430)).toBe(4));
  await eventually(async () => expect(await waiting()).toBe(0));
  client.cut();
  for (const reader of readers) reader.cut();
});

it('L7 FM18 what is told to sockets that owe an answer counts once for all of them, and is given back when they have it', async () => {
  await open({ WEFT_MAX_WAITING_BYTES_PER_ADDRESS: String(MEBIBYTE) });
  const id = await owner.makeDocument();
  const { client: writer } = await RawClient.join(urlOf(id), from(ELSEWHERE));
  const readers: RawClient[] = [];
  for (let count = 0; count < 20; count += 1) readers.push((await RawClient.join(urlOf(id), from(HERE))).client);
  let seq = 0;
  const write = async (): Promise<void> => {
    seq += 1;
    writer.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: PARAGRAPH }]);
    await writer.answerTo(seq);
  };

  for (const reader of readers) reader.pause();
  await write();
  kit.clock.advance(101);
  for (let count = 0; count < 4; count += 1) await write();
  expect(kit.rooms.memory().sendBuffers).toBeGreaterThan(20 * 4 * PARAGRAPH.length);
  expect(await waiting()).toBeGreaterThan(4 * PARAGRAPH.length);
  expect(await waiting()).toBeLessThan(5 * PARAGRAPH.length);

  for (const reader of readers) reader.resume();
  for (const reader of readers) await reader.next(({ version }) => version === seq);
  await eventually(async () => expect(await waiting()).toBe(0));
  expect(closes(1013)).toBe(0);
});
