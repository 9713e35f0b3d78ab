import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChunkedText } from '../../shared/text/chunked-text.ts';
import { encodedText, prepareText } from '../rooms/frames/encoded-text.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { eventually } from '../../testing/eventually.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { TcpClient } from '../../testing/tcp-client.ts';

const LONG = 'ä\u0001"😀'.repeat(600_000);

let kit: AppKit;
let owner: Caller;
let port: number;

beforeEach(async () => {
  kit = await AppKit.open();
  port = await kit.listen();
  owner = await kit.guest();
});
afterEach(() => kit.close());

it('L7 versions of a text, and all who are sent them, share the bytes of what they have in common', async () => {
  const text = ChunkedText.from(LONG);
  const held = await prepareText(text, kit.rooms.slices);
  const [again, later] = [encodedText(text), encodedText(text.apply([1000, 'x']))];
  expect(again.every((bytes, index) => bytes === held[index])).toBe(true);
  expect(later.filter((bytes) => !again.includes(bytes))).toHaveLength(1);
  expect(JSON.parse(`"${Buffer.concat(later).toString()}"`) === text.apply([1000, 'x']).toString()).toBe(true);
});

it('J1 a long text arrives whole, with what was typed meanwhile behind it', async () => {
  const id = await owner.makeDocument({ content: LONG });
  const url = `ws://127.0.0.1:${port}/live/${id}`;
  const writer = await RawClient.join(url);
  const joining = Array.from({ length: 4 }, () => RawClient.join(url));
  for (let seq = 1; seq <= 20; seq += 1) writer.client.submit(seq, seq, [{ type: 'insert', position: 0, text: 'x' }]);
  for (const { client, answer } of await Promise.all(joining)) {
    const version = answer['version'] as number;
    expect(answer['content'] === 'x'.repeat(version - 1) + LONG).toBe(true);
    if (version < 21) await client.next((message) => message['version'] === 21);
    const updates = client.received.filter(({ type }) => type === 'document-update');
    expect(updates.map((update) => update['version'])).toEqual(
      Array.from({ length: 21 - version }, (_, i) => version + 1 + i),
    );
  }
});

it('L7 who takes nothing of a long answer is closed after 15 s, and gone when it says nothing to that', async () => {
  const id = await owner.makeDocument({ content: '\u0001'.repeat(4_000_000) });
  const reader = await TcpClient.open(port, id);
  reader.pause();
  reader.say({ type: 'join', clientId: 'r'.repeat(22) });
  await eventually(() => expect(kit.rooms.memory().sendBuffers).toBeGreaterThan(1024 * 1024));
  for (let second = 0; second < 20; second += 1) kit.clock.advance(1000);
  await eventually(() => expect(kit.rooms.counters.closes.get(4430)).toBe(1));
  expect(kit.rooms.health().sessions).toBe(0);
  expect(kit.rooms.memory().sendBuffers).toBe(0);
  reader.destroy();
});
