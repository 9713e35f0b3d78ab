import { describe, expect, vi } from 'vitest';
import { roomTest as it, TestClient, type RoomNode } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

/** Somebody else who comes for a client that is no more. */
function successor(node: RoomNode, id: string, ...unanswered: { clientId: string; seq: number }[]) {
  const client = new TestClient(node, id, 'successor'.padEnd(22, '-'));
  const own = { clientId: client.clientId, seq: 1 };
  return {
    client,
    join: (where: object) =>
      client.say({ type: 'join', clientId: client.clientId, unanswered: [...unanswered, own], ...where }),
  };
}

describe('G8 a client that goes on under another clientId', () => {
  it('is told the version that its submission became, in changes and with the whole text', async ({ kit, node }) => {
    const id = await kit.document('doc', 'hello');
    const ann = await TestClient.joined(node, id, 'ann');
    for (const seq of [1, 2]) {
      ann.submit(seq, seq, insert(0, 'x'));
      await ann.hears('ack', seq);
    }
    const synced = successor(node, id, { clientId: ann.clientId, seq: 1 });
    synced.join({ version: 1, compact: true });
    expect(await synced.client.hears('document-sync')).toMatchObject({ version: 3, answered: 2, seq: 0 });
    expect(ann.closed?.code).toBe(1012);
    const whole = successor(node, id, { clientId: ann.clientId, seq: 2 });
    whole.join({});
    expect(await whole.client.hears('document-init')).toMatchObject({ version: 3, answered: 3, seq: 0 });
  });

  it('waits for what is being committed; what waits behind it is taken back and never committed', async ({
    kit,
    node,
  }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    kit.faults.fault = 'pause';
    ann.submit(1, 0, insert(0, 'a'));
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    ann.submit(2, 0, insert(0, 'b'));
    const { client, join } = successor(node, id, { clientId: ann.clientId, seq: 2 });
    join({ version: 0 });
    await vi.waitFor(() => expect(ann.closed?.code).toBe(1012));
    expect(client.messages).toEqual([]);
    kit.faults.release();
    const answer = await client.hears('document-sync');
    expect(answer).toMatchObject({ version: 1 });
    expect(answer).not.toHaveProperty('answered');
    client.submit(1, 1, insert(0, 'b'));
    expect(await client.hears('ack')).toMatchObject({ version: 2 });
    expect((await node.documents.content(id))!.text).toBe('ba');
  });

  it('is told of a commit of which the store said that it failed', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    kit.faults.fault = 'commit-then-fail';
    ann.submit(1, 0, insert(0, 'a'));
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    const { client, join } = successor(node, id, { clientId: ann.clientId, seq: 1 });
    join({ version: 0 });
    kit.faults.release();
    await vi.waitFor(() => {
      kit.clock.advance(100);
      expect(client.all('document-sync')).toMatchObject([{ answered: 1 }]);
    });
    expect((await node.documents.content(id))!.text).toBe('a');
  });

  it('and one that keeps its own on a server with another secret, where its session has another name, is told so', async ({
    kit,
    node,
  }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'a'));
    await ann.hears('ack');
    await node.close();
    const again = new TestClient(kit.node({}, 'another secret of more than thirty-two bytes'), id, ann.clientId);
    const unanswered = [{ clientId: ann.clientId, seq: 1 }];
    again.say({ type: 'join', clientId: ann.clientId, version: 0, compact: true, unanswered });
    const answer = await again.hears('document-sync');
    expect(answer).toMatchObject({ answered: 1, seq: 1 });
    expect(answer.session.id).not.toBe(ann.all('document-init')[0]!.session.id);
  });

  it('learns nothing of clients whose secret it does not know, and ends none', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'a'));
    await ann.hears('ack');
    const { client, join } = successor(node, id, {
      clientId: ann.all('document-init')[0]!.session.id.padEnd(22, '-'),
      seq: 1,
    });
    join({ version: 0 });
    expect(await client.hears('document-sync')).not.toHaveProperty('answered');
    expect(ann.closed).toBeUndefined();
  });
});
