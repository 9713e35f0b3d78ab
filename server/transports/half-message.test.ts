import { afterEach, expect, it } from 'vitest';
import { AppKit } from '../testing/app-kit.ts';
import { eventually } from '../../testing/eventually.ts';
import { encodeFrame, openRaw, textFrame, type RawFrames } from '../../testing/raw-frames.ts';

const MEBIBYTE = 1024 * 1024;
const [CONTINUATION, CLOSE, PING, PONG] = [0, 8, 9, 10];

let kit: AppKit;
afterEach(() => kit.close());

async function open(settings: Record<string, string>): Promise<{ port: number; id: string }> {
  kit = await AppKit.open({ settings: { WEFT_TRUST_PROXY: 'true', ...settings } });
  const port = await kit.listen();
  return { port, id: await (await kit.guest()).makeDocument() };
}

/** Sends all of a message but its end, and waits until it was read or refused. */
async function half(port: number, id: string, address: string, bytes: number): Promise<RawFrames> {
  const socket = await openRaw(port, `/live/${id}`, { 'X-Forwarded-For': address });
  socket.write(textFrame('x'.repeat(bytes), { isFinal: false }));
  socket.write(encodeFrame({ opcode: PING, payload: Buffer.alloc(0) }));
  await eventually(() => expect(opcodesTo(socket)).toContainEqual(expect.toBeOneOf([PONG, CLOSE])));
  return socket;
}

/** Sends the end, and waits until the message is answered. */
async function complete(socket: RawFrames): Promise<void> {
  socket.write(encodeFrame({ opcode: CONTINUATION, payload: Buffer.from('x') }));
  await eventually(() => expect(socket.frames.map(({ body }) => body.toString()).join()).toContain('bad_message'));
}

const opcodesTo = (socket: RawFrames): number[] => socket.frames.map(({ opcode }) => opcode);

it('L8 FM20 messages that never come whole hold a bounded sum for each network and in all, and give it back', async () => {
  const { port, id } = await open({
    WEFT_MAX_BODY_BYTES_PER_ADDRESS: String(MEBIBYTE),
    WEFT_MAX_BODY_BYTES: String(2 * MEBIBYTE),
  });
  const [here, elsewhere, third] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
  const kept = await half(port, id, here, 600_000);
  const refused = await half(port, id, here, 600_000);
  const other = await half(port, id, elsewhere, 900_000);
  const beyond = await half(port, id, third, 900_000);
  expect([kept, refused, other, beyond].map(({ closeCodes }) => closeCodes)).toEqual([[], [1013], [], [1013]]);
  for (const socket of [refused, beyond]) {
    socket.finish();
    kit.clock.advance(2000);
    await socket.ended();
  }

  // A message that comes whole after all gives its bytes back, and so does a socket that ends.
  await complete(kept);
  const again = await half(port, id, here, 900_000);
  other.finish();
  await other.ended();
  const last = await half(port, id, third, 900_000);
  await Promise.all([again, last].map(complete));
  expect([again.closeCodes, last.closeCodes]).toEqual([[], []]);
  for (const socket of [kept, again, last]) socket.finish();
});
