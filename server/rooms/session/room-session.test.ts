import { expect, vi } from 'vitest';
import { roomTest as it, TestClient, textOf } from '../../testing/room-kit.ts';
import type { Frame } from '../frames/wire-frame.ts';

it('J3 closes with 4408 where no join comes within 5 s', async ({ kit, node }) => {
  const client = new TestClient(node, await kit.document('doc'), 'silent----------------');
  kit.clock.advance(4999);
  expect(client.closed).toBeUndefined();
  kit.clock.advance(1);
  expect(client.closed).toMatchObject({ code: 4408 });
});

it('J3 takes a submission that follows the join at once, in the same frame', async ({ kit, node }) => {
  const client = new TestClient(node, await kit.document('doc'), 'eager-----------------');
  client.say(
    { type: 'join', clientId: client.clientId },
    { type: 'submit', seq: 1, version: 0, operations: [{ type: 'insert', position: 0, text: 'first' }] },
  );
  expect(await client.hears('ack')).toMatchObject({ seq: 1, version: 1 });
  expect(client.messages[0]).toMatchObject({ type: 'document-init', version: 0 });
});

it('C1 closes with 4429 where too much is said before the join is answered (FW8)', async ({ kit, node }) => {
  const client = new TestClient(node, await kit.document('doc'), 'flood-----------------');
  client.say({ type: 'join', clientId: client.clientId }, ...Array.from({ length: 100 }, () => ({ type: 'ping' })));
  expect(client.closed).toMatchObject({ code: 4429 });
});

it.for<[name: string, frame: string]>([
  ['not JSON', '{'],
  ['a number', '1'],
  ['null', 'null'],
  ['no type', '{}'],
  ['a type of the server', '{"type":"ack","seq":1,"version":1,"timestamp":1}'],
  ['a type from the prototype', '{"type":"constructor"}'],
  ['a cursor without version', '{"type":"cursor","ranges":[{"anchor":0,"head":0}]}'],
  ['a negative caret', '{"type":"cursor","version":0,"ranges":[{"anchor":-1,"head":0}]}'],
  ['a second join', '{"type":"join","clientId":"another-client-id-22-ch"}'],
  ['a version that is no number', '{"type":"submit","seq":1,"version":"0","operations":[]}'],
  ['a seq of zero', '{"type":"submit","seq":0,"version":0,"operations":[]}'],
])('O6 refuses %s with bad_message and stays open', async ([_name, frame], { kit, node }) => {
  const client = await TestClient.joined(node, await kit.document('doc'), 'ann');
  client.session.receive(frame);
  expect(client.all('error')).toMatchObject([{ code: 'bad_message', retryable: false }]);
  client.say({ type: 'ping', nonce: 'still here' });
  expect(client.all('pong')).toEqual([{ type: 'pong', nonce: 'still here', timestamp: kit.clock.now() }]);
});

it('C1 closes with 4400 after ten bad messages in ten seconds, not before', async ({ kit, node }) => {
  const client = await TestClient.joined(node, await kit.document('doc'), 'ann');
  for (let count = 0; count < 9; count += 1) client.session.receive('?');
  kit.clock.advance(10_001);
  for (let count = 0; count < 9; count += 1) client.session.receive('?');
  expect(client.closed).toBeUndefined();
  client.session.receive('?');
  expect(client.closed).toMatchObject({ code: 4400 });
});

it('J3 wants a join first', async ({ kit, node }) => {
  const client = new TestClient(node, await kit.document('doc'), 'rude------------------');
  client.say({ type: 'cursor', ranges: null });
  expect(client.all('error')).toMatchObject([{ code: 'bad_message' }]);
});

it('C1 closes with 1000 on leave', async ({ kit, node }) => {
  const client = await TestClient.joined(node, await kit.document('doc'), 'ann');
  client.say({ type: 'leave' });
  expect(client.closed).toMatchObject({ code: 1000 });
  expect(node.health().sessions).toBe(0);
});

it('C1 drops a reader with too much before it, and one that has not read for too long (FM12)', async ({
  kit,
  node,
}) => {
  const id = await kit.document('doc');
  const [full, stuck, writer] = await Promise.all(
    ['full', 'stuck', 'writer'].map((name) => TestClient.joined(node, id, name)),
  );
  full!.queuedBytes = 1024 * 1024 + 1;
  stuck!.queuedBytes = 1;
  writer!.submit(1, 0, { type: 'insert', position: 0, text: 'x' });
  await writer!.hears('ack');
  expect(full!.closed).toMatchObject({ code: 4430 });
  expect(stuck!.closed).toBeUndefined();
  kit.clock.advance(21_000);
  expect(stuck!.closed).toMatchObject({ code: 4430 });
  expect(writer!.closed).toBeUndefined();
});

it('C1 ends with 1011 a session whose socket cannot send, and only that one (FR4)', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const [broken, writer, reader] = await Promise.all(
    ['broken', 'writer', 'reader'].map((name) => TestClient.joined(node, id, name)),
  );
  broken!.send = () => {
    throw new Error('A socket that cannot send');
  };
  writer!.submit(1, 0, { type: 'insert', position: 0, text: 'x' });
  await writer!.hears('ack');
  expect(broken!.closed).toMatchObject({ code: 1011 });
  expect(await reader!.hears('document-update')).toMatchObject({ version: 1 });
  expect(node.health().sessions).toBe(2);
});

it('L7 gives a reader that is behind what was written for it, whatever went out meanwhile', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const [slow, busy] = [await TestClient.joined(node, id, 'slow'), await TestClient.joined(node, id, 'busy')];
  const waiting: Frame[] = [];
  slow.send = (frame) => {
    waiting.push(frame);
    slow.queuedBytes += frame.length;
    return 'kept';
  };
  // More than the memory that frames of authors are put together in.
  const paragraph = 'x'.repeat(8000);
  for (let round = 1; round <= 40; round += 1) {
    const base = (round - 1) * 2;
    slow.submit(round, base, { type: 'insert', position: 0, text: `${round} of slow` });
    busy.submit(round, base, { type: 'insert', position: 0, text: paragraph });
    await vi.waitFor(() => expect(waiting).toHaveLength(round));
    await busy.hears('ack', round);
  }
  const told = waiting.map((frame) => JSON.parse(textOf(frame)) as { type: string; version: number; seq?: number }[]);
  const expected = Array.from({ length: 40 }, (_, round) => [
    { type: 'ack', seq: round + 1, version: 2 * round + 1 },
    { type: 'document-update', version: 2 * round + 2 },
  ]);
  expect(told).toMatchObject(expected);
});
