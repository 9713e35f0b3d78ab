import { describe, expect, vi } from 'vitest';
import { parseServerMessage } from '../../../shared/protocol/decode-server-message.ts';
import type { DocumentSync } from '../../../shared/protocol/document-messages.ts';
import { roomTest, TestClient, type RoomNode } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

const it = roomTest.extend('id', ({ kit }) => kit.document('doc', 'hello "world" 😀'));

async function commit(client: TestClient, seq: number, version: number, text: string): Promise<number> {
  client.submit(seq, version, insert(0, text));
  return (await client.hears('ack', seq)).timestamp;
}

/** The answer to a client that comes back, as it was sent and as a client reads it. */
async function comeBack(
  node: RoomNode,
  id: string,
  client: TestClient,
  known: { version: number; timestamp?: number; compact?: boolean },
): Promise<{ frame: string; sync: DocumentSync }> {
  client.end();
  const back = new TestClient(node, id, client.clientId);
  back.say({ type: 'join', clientId: client.clientId, ...known });
  await vi.waitFor(() => expect(back.frames.length).toBeGreaterThan(0));
  const frame = back.frames[0]!;
  return { frame, sync: parseServerMessage(JSON.parse(frame)) as DocumentSync };
}

describe('the answer to a client that comes back', () => {
  it('J10 says the same in the short form and in the long one, to everybody and each time', async ({
    kit,
    node,
    id,
  }) => {
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    const timestamp = await commit(ann, 1, 1, 'first ');
    await commit(ben, 1, 2, '"ä😀"\n');
    kit.clock.advance(70);
    await commit(ann, 2, 3, 'third ');
    const cat = await TestClient.joined(node, id, 'cat');
    for (const client of [ann, ben, cat]) {
      for (const version of [1, 2, 3, 4]) {
        const name = version === 2 ? { version, timestamp } : { version };
        const long = await comeBack(node, id, client, name);
        for (let time = 0; time < 2; time += 1) {
          const short = await comeBack(node, id, client, { ...name, compact: true });
          expect(short.sync.updates).toEqual(long.sync.updates);
          expect(short.frame).not.toContain('"updates"');
          expect((await comeBack(node, id, client, name)).sync.updates).toEqual(long.sync.updates);
        }
      }
    }
  });

  it('J7 holds what came after it was first encoded for somebody else', async ({ node, id }) => {
    const [ann, ben, cat] = [
      await TestClient.joined(node, id, 'ann'),
      await TestClient.joined(node, id, 'ben'),
      await TestClient.joined(node, id, 'cat'),
    ];
    const timestamp = await commit(ann, 1, 1, 'first ');
    await commit(ann, 2, 2, 'second ');
    const known = { version: 2, timestamp, compact: true };
    expect((await comeBack(node, id, ben, known)).sync.updates.map(({ version }) => version)).toEqual([3]);
    await commit(ann, 3, 3, 'third ');
    expect((await comeBack(node, id, cat, known)).sync.updates.map(({ version }) => version)).toEqual([3, 4]);
  });

  it('V3 never takes what was encoded for a version for another one of the same number', async ({ node, id }) => {
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    const timestamp = await commit(ann, 1, 1, 'first ');
    await commit(ann, 2, 2, 'second ');
    await comeBack(node, id, ben, { version: 2, timestamp, compact: true });
    const { frame } = await comeBack(node, id, ben, { version: 2, timestamp: timestamp - 1, compact: true });
    expect(JSON.parse(frame)).toMatchObject({ type: 'document-init', reason: 'fork' });
  });

  it('J10 takes a fraction of the bytes', async ({ node, id }) => {
    const ann = await TestClient.joined(node, id, 'ann');
    for (let seq = 1; seq <= 100; seq += 1) await commit(ann, seq, seq, 'a');
    const ben = await TestClient.joined(node, id, 'ben');
    const long = await comeBack(node, id, ben, { version: 1 });
    const short = await comeBack(node, id, ben, { version: 1, compact: true });
    expect(short.sync.updates).toEqual(long.sync.updates);
    expect(short.frame.length).toBeLessThan(3000);
    expect(long.frame.length).toBeGreaterThan(5 * short.frame.length);
  });
});
