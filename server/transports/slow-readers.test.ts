import { afterEach, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { RawClient, type Message } from '../../testing/raw-client.ts';

const READERS = 500;
const SEND_BUFFER_BYTES = 1024 * 1024;
/** Each change is as long as a paragraph, so that what the system buffers for each socket is soon full. */
const PARAGRAPH = 'x'.repeat(2000);
/** Changes that are asked for at once, which become one frame for every reader. */
const TOGETHER = 50;

/** Milliseconds; what the system buffers for all of them is a gigabyte. */
const TIMEOUT = 180_000;

let kit: AppKit;
let owner: Caller;
afterEach(() => kit.close());

it(
  `L7 ${READERS} readers that never read cost a bounded send buffer each and are closed; who reads hears everything`,
  async () => {
    kit = await AppKit.open({
      settings: { WEFT_SUBMISSIONS_PER_SECOND: '100000', WEFT_MAX_DOCUMENT_LENGTH: '50000000' },
    });
    await kit.listen();
    owner = await kit.guest();
    const id = await owner.makeDocument();
    const url = `ws://127.0.0.1:${kit.port}/live/${id}`;
    const metrics = async () => samplesOf((await owner.get('/metrics')).body);

    const healthy = await RawClient.join(url);
    const writer = await RawClient.join(url);
    const slow: RawClient[] = [];
    for (let count = 0; count < READERS; count += 1) {
      const { client } = await RawClient.join(url, { join: { version: 0 } });
      client.pause();
      slow.push(client);
    }

    const frameBytes = TOGETHER * (PARAGRAPH.length + 500);
    let seq = 0;
    let largest = 0;
    while (((await metrics()).get('weft_slow_readers_total') ?? 0) < READERS) {
      const base = seq;
      for (let count = 0; count < TOGETHER; count += 1) {
        seq += 1;
        writer.client.submit(seq, base, [{ type: 'insert', position: 0, text: PARAGRAPH }]);
      }
      await writer.client.answerTo(seq, Math.max(0, writer.client.received.length - 2 * TOGETHER));
      largest = Math.max(largest, kit.rooms.memory().sendBuffers);
      kit.clock.advance(100);
    }
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThanOrEqual(READERS * (SEND_BUFFER_BYTES + frameBytes));
    expect((await metrics()).get('weft_connections')).toBe(2);

    const versions = ({ received }: RawClient): number[] =>
      received.flatMap((message: Message) =>
        message.type === 'document-update' ? [message['version'] as number] : [],
      );
    await healthy.client.next(({ version }) => version === seq);
    expect(versions(healthy.client)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    const { answer } = await RawClient.join(url, { clientId: slow[0]!.clientId, join: { version: 0 } });
    expect(answer['version']).toBe(seq);
  },
  TIMEOUT,
);

it('L7 a reader that owes the answer to a ping is not written to; once it reads it has everything, in order (FM12)', async () => {
  kit = await AppKit.open();
  await kit.listen();
  owner = await kit.guest();
  const id = await owner.makeDocument();
  const url = `ws://127.0.0.1:${kit.port}/live/${id}`;
  const writer = await RawClient.join(url);
  const reader = await RawClient.join(url);
  const waiting = (): number => kit.rooms.memory().sendBuffers;
  let seq = 0;
  const write = async (): Promise<void> => {
    seq += 1;
    writer.client.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: PARAGRAPH.repeat(40) }]);
    await writer.client.answerTo(seq);
  };

  reader.client.pause();
  await write();
  // Far less than the system would take.
  expect(waiting()).toBe(0);
  kit.clock.advance(101);
  await write();
  await write();
  expect(waiting()).toBeGreaterThan(2 * 40 * PARAGRAPH.length);
  reader.client.resume();
  await reader.client.next(({ version }) => version === seq);
  const updates = reader.client.received.filter(({ type }) => type === 'document-update');
  expect(updates.map((update) => update['version'])).toEqual([1, 2, 3]);
  expect(waiting()).toBe(0);
});
