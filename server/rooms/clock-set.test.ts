import { describe, expect } from 'vitest';
import { guestFromClientId } from '../access/identity.ts';
import { eventually } from '../../testing/eventually.ts';
import { roomTest as it, TestClient } from '../testing/room-kit.ts';
import { insert } from '../../shared/testing/operations.ts';

const HOUR = 3_600_000;
/** How far the machine's time is set. */
const LEAPS = [-HOUR, HOUR, -40 * 24 * HOUR, 40 * 24 * HOUR];

describe.each(LEAPS)('where the machine’s time is set by %i ms (FR8)', (leap) => {
  it('carets, newcomers and edits are told as punctually as before', async ({ kit, node }) => {
    const id = await kit.document('doc', 'hello');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    kit.clock.advance(1000);
    const told = ann.all('collaborators-update').length;
    kit.clock.setBy(leap);
    ben.say({ type: 'cursor', version: 1, ranges: [{ anchor: 2, head: 2 }] });
    await TestClient.joined(node, id, 'cat');
    kit.clock.advance(100);
    expect(ann.all('cursor-update')).toMatchObject([{ ranges: [{ anchor: 2, head: 2 }] }]);
    expect(ann.all('collaborators-update').slice(told)).toMatchObject([{ joined: [{ user: { name: 'cat' } }] }]);
    ben.submit(1, 1, insert(0, 'oh, '));
    expect(await ann.hears('document-update')).toMatchObject({ version: 2 });
  });

  it('nobody who reads is too slow, and nobody’s messages are too many', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.queuedBytes = 100;
    kit.clock.advance(1000);
    kit.clock.setBy(leap);
    kit.clock.advance(10_000);
    for (let count = 0; count < 9; count += 1) ann.say({ type: 'nonsense' });
    kit.clock.advance(10_001);
    kit.clock.setBy(-leap);
    ann.queuedBytes = 0;
    for (let count = 0; count < 9; count += 1) ann.say({ type: 'nonsense' });
    expect(ann.closed).toBeUndefined();
  });

  it('a document that was just used stays in memory', async ({ kit, node }) => {
    const id = await kit.document('doc');
    await node.documents.content(id);
    kit.clock.setBy(leap);
    kit.clock.advance(2000);
    expect(node.isOpen(id)).toBe(true);
  });

  it('what fails to commit is tried for as long as the setting says, and then refused', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    kit.faults.fault = 'refuse';
    ann.submit(1, 0, insert(0, 'a'));
    await eventually(() => expect(kit.faults.appends).toBe(1));
    kit.clock.setBy(leap);
    await eventually(() => {
      kit.clock.advance(50);
      expect(kit.faults.appends).toBe(3);
    });
    expect(ann.all('error')).toEqual([]);
    await eventually(() => {
      kit.clock.advance(100);
      expect(ann.all('error')).toMatchObject([{ code: 'unavailable', seq: 1 }]);
    });
  });
});

it('N3 a role that ends by itself follows the machine’s time when that is set', async ({ kit, node }) => {
  const id = await kit.document('doc');
  await kit.store.updateDocument(id, { linkAccess: 'none' }, kit.clock.now());
  const createdAt = kit.clock.now();
  await kit.store.addLink(id, { id: 'link', role: 'editor', expiresAt: createdAt + HOUR, createdAt }, { limit: 10 });
  const mina = guestFromClientId('a secret of more than thirty-two bytes', 'mina'.padEnd(22, '-'));
  await kit.store.redeemLink(id, 'link', mina, createdAt);
  const client = await TestClient.joined(node, id, 'mina');
  kit.clock.setBy(-HOUR);
  kit.clock.advance(HOUR);
  expect(client.closed).toBeUndefined();
  kit.clock.setBy(HOUR);
  kit.clock.advance(60_000);
  expect(client.closed).toMatchObject({ code: 4403 });
});
