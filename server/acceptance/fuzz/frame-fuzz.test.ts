import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../shared/testing/random.ts';
import { ServerProcess } from '../../../testing/server-process.ts';
import { encodeFrame, openRaw, randomFrames, textFrame, type RawFrames } from '../../../testing/raw-frames.ts';
import { newClientId } from '../../../testing/raw-client.ts';
import { Stranger } from '../../../testing/stranger.ts';

/** Connections that send nonsense; `npm run test:fuzz` opens many more. */
const CONNECTIONS = process.env['WEFT_SEEDS'] === undefined ? 1000 : Number(process.env['WEFT_SEEDS']) * 10;
const AT_ONCE = 50;
const SEED = 77;

let server: ServerProcess;
let owner: Stranger;
let id: string;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url);
  id = await owner.makeDocument({ content: 'Still here.' });
});
afterAll(() => server.dispose());

const open = (): Promise<RawFrames> => openRaw(Number(new URL(server.url).port), `/live/${id}`);
const join = (): string => JSON.stringify({ type: 'join', clientId: newClientId() });

/** The process is the same, and a newcomer joins, writes and is acknowledged. */
async function expectServing(): Promise<void> {
  expect(server.isRunning).toBe(true);
  const { client, answer } = await owner.join(id);
  client.submit(1, answer['version'] as number, [{ type: 'insert', position: 0, text: '.' }]);
  expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
  client.close(1000);
  expect((await owner.read(id)).text).toMatch(/^\.+Still here\.$/);
}

describe('frames that break RFC 6455 end their own connection and nothing else (FM1, FM2, FM3)', () => {
  const long = Buffer.alloc(126, 'x');
  it.each<[string, () => Uint8Array[], number]>([
    ['text that is not UTF-8 (FM1)', () => [encodeFrame({ opcode: 1, payload: Buffer.from([0xff, 0xfe]) })], 1007],
    ['an overlong form (FM1)', () => [encodeFrame({ opcode: 1, payload: Buffer.from([0xc0, 0xaf]) })], 1007],
    ['a surrogate in UTF-8 (FM1)', () => [encodeFrame({ opcode: 1, payload: Buffer.from([0xed, 0xa0, 0x80]) })], 1007],
    ['no mask (FM2)', () => [textFrame(join(), { isMasked: false })], 1002],
    ['a reserved bit (FM2)', () => [textFrame(join(), { reserved: 4 })], 1002],
    ['a reserved opcode (FM2)', () => [encodeFrame({ opcode: 5, payload: long })], 1002],
    ['a ping in fragments (FM2)', () => [encodeFrame({ opcode: 9, isFinal: false, payload: Buffer.from('x') })], 1002],
    ['a ping of 126 bytes (FM2)', () => [encodeFrame({ opcode: 9, payload: long })], 1002],
    ['a continuation of nothing (FM3)', () => [encodeFrame({ opcode: 0, payload: long })], 1002],
    ['a message over the limit (FM3)', () => [textFrame('x', { claimedLength: 2 ** 31 })], 1009],
    ['a binary message (FM5)', () => [encodeFrame({ opcode: 2, payload: long })], 1003],
  ])('%s', async (_what, frames, code) => {
    const raw = await open();
    raw.write(textFrame(join()));
    for (const frame of frames()) raw.write(frame);
    await raw.ended();
    expect(raw.closeCodes).toEqual([code]);
    await expectServing();
  });
});

it(`a storm of broken frames leaves the process and the document whole (seed ${SEED}; FM1, FM2, FM3)`, async () => {
  const random = new SeededRandom(SEED);
  const texts = [join(), '{"type":"ping"}', '[]', '{', '{"type":"submit","seq":1,"version":1,"operations":[]}'];
  for (let opened = 0; opened < CONNECTIONS; opened += AT_ONCE) {
    const raws = await Promise.all(Array.from({ length: AT_ONCE }, open));
    for (const raw of raws) {
      if (random.chance(50)) raw.write(textFrame(join()));
      for (const frame of randomFrames(random, texts)) raw.write(frame);
      raw.finish();
    }
    await Promise.all(raws.map((raw) => raw.ended()));
    await expectServing();
  }
  expect(server.output.match(/"level":(50|60).*/g)?.slice(0, 3) ?? [], 'errors of ours in the log').toEqual([]);
}, 3_600_000);
