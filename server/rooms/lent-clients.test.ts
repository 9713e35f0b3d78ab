import { expect, vi } from 'vitest';
import { roomTest, type RoomKit, type RoomNode } from '../testing/room-kit.ts';

const it = roomTest.extend('node', ({ kit }) => kit.node({}, undefined, 'the server'));

const requester = { id: 'guest_mina', name: 'Mina', color: '#ba3d47' };
const post = (node: RoomNode, text: string, version = 0) =>
  node.documents.submit('doc', { requester, version, operations: [{ type: 'insert', position: 0, text }] });
const put = (node: RoomNode, content: string) => node.documents.replaceContent('doc', { requester, content });
/** The clients of all changes of the document, each of which has a row. */
const clients = async (kit: RoomKit) =>
  new Set((await kit.store.changesAfter('doc', 0, 1000)).map(({ clientId, userId }) => `${userId} as ${clientId}`));

it('FH19 takes one client for all changes of an author that come without one, also after a restart', async ({
  kit,
  node,
}) => {
  await kit.document('doc');
  for (let round = 1; round <= 50; round += 1) await put(node, `text ${round}`);
  await node.close();
  node = kit.node({}, undefined, 'the server');
  for (let round = 1; round <= 50; round += 1) await post(node, 'x');
  expect(await node.documents.content('doc')).toMatchObject({ version: 100, text: `${'x'.repeat(50)}text 50` });
  expect((await clients(kit)).size).toBe(1);
  await node.documents.replaceContent('doc', { requester: { ...requester, id: 'guest_ben' }, content: '' });
  expect((await clients(kit)).size).toBe(2);
});

it('FH19 takes as many clients as an author has changes under way at once, of which each becomes durable', async ({
  kit,
  node,
}) => {
  await kit.document('doc');
  for (let round = 1; round <= 5; round += 1) await Promise.all(['a', 'b', 'c', 'd'].map((text) => post(node, text)));
  expect(await node.documents.content('doc')).toMatchObject({ version: 20, text: 'dcba'.repeat(5) });
  expect((await clients(kit)).size).toBe(4);
});

it('S4 commits each of several changes of one author once where the answer of the store was lost', async ({
  kit,
  node,
}) => {
  await kit.document('doc');
  kit.faults.fault = 'commit-then-fail';
  const committed = Promise.all([post(node, 'x'), post(node, 'x'), post(node, 'x')]);
  await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
  kit.faults.fault = 'none';
  await vi.waitFor(async () => {
    kit.clock.advance(100);
    expect(node.health().queued).toBe(0);
    expect((await kit.store.head('doc')).version).toBe(3);
  });
  await vi.waitFor(() => {
    kit.clock.advance(100);
    return Promise.race([committed, Promise.reject(new Error('Not yet'))]);
  });
  expect((await committed).map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(await node.documents.content('doc')).toMatchObject({ version: 3, text: 'xxx' });
});

it('S4 lends a client of which nobody knows what it has committed to no other change', async ({ kit, node }) => {
  node = kit.node({ unavailableAfter: 0 });
  await kit.document('doc');
  kit.faults.fault = 'commit-then-fail';
  await expect(post(node, 'first')).rejects.toMatchObject({ code: 'unavailable' });
  kit.faults.fault = 'none';
  await vi.waitFor(async () => {
    kit.clock.advance(1000);
    await post(node, 'second ');
  });
  expect(await node.documents.content('doc')).toMatchObject({ version: 2, text: 'second first' });
  expect((await clients(kit)).size).toBe(2);
});
