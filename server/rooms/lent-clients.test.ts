import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RoomKit, type RoomNode } from '../testing/room-kit.ts';

let kit: RoomKit;
let node: RoomNode;
beforeEach(async () => {
  kit = await RoomKit.open();
  node = kit.node({}, undefined, 'the server');
});
afterEach(() => kit.close());

const requester = { id: 'guest_mina', name: 'Mina', color: '#ba3d47' };
const post = (text: string, version = 0) =>
  node.documents.submit('doc', { requester, version, operations: [{ type: 'insert', position: 0, text }] });
const put = (content: string) => node.documents.replaceContent('doc', { requester, content });
/** The clients of all changes of the document, each of which has a row. */
const clients = async () =>
  new Set((await kit.store.changesAfter('doc', 0, 1000)).map(({ clientId, userId }) => `${userId} as ${clientId}`));

it('FH19 takes one client for all changes of an author that come without one, also after a restart', async () => {
  await kit.document('doc');
  for (let round = 1; round <= 50; round += 1) await put(`text ${round}`);
  await node.close();
  node = kit.node({}, undefined, 'the server');
  for (let round = 1; round <= 50; round += 1) await post('x');
  expect(await node.documents.content('doc')).toMatchObject({ version: 100, text: `${'x'.repeat(50)}text 50` });
  expect((await clients()).size).toBe(1);
  await node.documents.replaceContent('doc', { requester: { ...requester, id: 'guest_ben' }, content: '' });
  expect((await clients()).size).toBe(2);
});

it('FH19 takes as many clients as an author has changes under way at once, of which each becomes durable', async () => {
  await kit.document('doc');
  for (let round = 1; round <= 5; round += 1) await Promise.all(['a', 'b', 'c', 'd'].map((text) => post(text)));
  expect(await node.documents.content('doc')).toMatchObject({ version: 20, text: 'dcba'.repeat(5) });
  expect((await clients()).size).toBe(4);
});

it('S4 commits each of several changes of one author once where the answer of the store was lost', async () => {
  await kit.document('doc');
  kit.faults.fault = 'commit-then-fail';
  const committed = Promise.all([post('x'), post('x'), post('x')]);
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

it('S4 lends a client of which nobody knows what it has committed to no other change', async () => {
  node = kit.node({ unavailableAfter: 0 });
  await kit.document('doc');
  kit.faults.fault = 'commit-then-fail';
  await expect(post('first')).rejects.toMatchObject({ code: 'unavailable' });
  kit.faults.fault = 'none';
  await vi.waitFor(async () => {
    kit.clock.advance(1000);
    await post('second ');
  });
  expect(await node.documents.content('doc')).toMatchObject({ version: 2, text: 'second first' });
  expect((await clients()).size).toBe(2);
});
