import { afterEach, describe, expect, vi } from 'vitest';
import { StoreDamagedError } from '../../stores/store-error.ts';
import { roomTest as it, TestClient, type RoomNode } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A client whose name no store can keep. */
async function joinedOffender(node: RoomNode, id: string): Promise<TestClient> {
  const clientId = 'offender--------------';
  const client = new TestClient(node, id, clientId, { id: 'user_offender', name: 'a\0b', color: '#ba3d47' });
  client.say({ type: 'join', clientId });
  await client.hears('document-init');
  return client;
}

describe('a submission that the store cannot take', () => {
  it('is refused, and those beside it go on', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const offender = await joinedOffender(node, id);
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    ann.submit(1, 0, insert(0, 'a'));
    offender.submit(1, 0, insert(0, 'x'));
    ben.submit(1, 0, insert(0, 'b'));
    ann.submit(2, 0, insert(0, 'c'));
    expect(await offender.hears('error')).toMatchObject({ code: 'internal', seq: 1 });
    await ann.hears('ack', 2);
    await ben.hears('ack');
    expect((await node.documents.content(id))!.text).toBe('cba');
    offender.submit(1, 0, insert(0, 'y'));
    await offender.hears('error', 2);
    ann.submit(3, 3, insert(0, 'd'));
    await ann.hears('ack', 3);
    expect(ann.all('error')).toEqual([]);
    expect(ben.all('error')).toEqual([]);
  });

  it('because its client is known otherwise is answered by what the store knows', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'a'));
    await ann.hears('ack');
    const other = kit.node();
    vi.spyOn(kit.store, 'client').mockResolvedValueOnce(undefined);
    const thief = new TestClient(other, id, ann.clientId, { id: 'user_thief', name: 'Thief', color: '#ba3d47' });
    thief.say({ type: 'join', clientId: ann.clientId });
    await thief.hears('document-init');
    thief.submit(1, 1, insert(0, 'x'));
    expect(await thief.hears('error')).toMatchObject({ code: 'client_taken', seq: 1 });
    expect((await other.documents.content(id))!.text).toBe('a');
  });
});

describe('a damaged document', () => {
  const damage = new StoreDamagedError('doc', 'Version 1 is missing in the log');

  it('is refused as unavailable for a while, and others are served', async ({ kit, node }) => {
    const [id, healthy] = [await kit.document('doc', 'text'), await kit.document('healthy', 'fine')];
    const load = kit.store.load.bind(kit.store);
    vi.spyOn(kit.store, 'load').mockImplementation((documentId, version) =>
      documentId === id ? Promise.reject(damage) : load(documentId, version),
    );
    const ann = new TestClient(node, id, 'ann-------------------');
    ann.say({ type: 'join', clientId: ann.clientId });
    expect(await ann.hears('error')).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('damaged') as string,
      retryable: true,
      retryAfter: 60_000,
    });
    expect(ann.all('document-init')).toEqual([]);
    await expect(node.documents.content(id)).rejects.toMatchObject({ name: 'RefusalError', code: 'unavailable' });
    await TestClient.joined(node, healthy, 'ben');
    expect((await node.documents.content(healthy))!.text).toBe('fine');
  });

  it('whose text is whole is served, to a client that comes back by a snapshot', async ({ kit, node }) => {
    const id = await kit.document('doc', 'text');
    await kit.store.saveSnapshot(id, { version: 1, timestamp: kit.clock.now(), text: 'text' });
    vi.spyOn(kit.store, 'changesAfter').mockRejectedValue(damage);
    const ann = new TestClient(node, id, 'ann-------------------');
    ann.say({ type: 'join', clientId: ann.clientId, version: 0, timestamp: 0 });
    expect(await ann.hears('document-init')).toMatchObject({ content: 'text', reason: 'behind' });
    await expect(node.documents.changes(id, 0, 10)).rejects.toMatchObject({
      name: 'RefusalError',
      code: 'unavailable',
    });
  });
});

it('a hint of another node that cannot be followed harms nothing', async ({ kit, node }) => {
  const id = await kit.document('doc', 'text');
  const ann = await TestClient.joined(node, id, 'ann');
  const read = vi.spyOn(kit.store, 'changesAfter').mockRejectedValueOnce(new Error('disk I/O error'));
  kit.bus.publish(id, { node: 'another', version: 9 });
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(1));
  ann.submit(1, 1, insert(0, 'a '));
  await ann.hears('ack');
});
