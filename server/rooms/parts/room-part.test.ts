import { expect, vi } from 'vitest';
import type { Change } from '../../../shared/sync/change.ts';
import { roomTest, TestClient, type RoomNode } from '../../testing/room-kit.ts';
import type { PartDeps, PartFields, PartMessage, PartSession, RoomPart } from './room-part.ts';
import { insert } from '../../../shared/testing/operations.ts';

const it = roomTest.extend('id', ({ kit }) => kit.document('doc', 'text'));

/** A message that only the part of this test knows. */
interface Shout {
  readonly type: 'shout';
  readonly text: string;
}

/** A part that answers what is shouted, and keeps what it is told. */
class Shouts implements RoomPart<Shout> {
  readonly sessions: PartSession[] = [];
  readonly versions: number[] = [];
  readonly #deps: PartDeps;

  constructor(deps: PartDeps) {
    this.#deps = deps;
  }

  handle({ text }: Shout, session: PartSession): void {
    session.send(JSON.stringify({ type: 'shouted', text }));
  }

  welcome(session: PartSession): Partial<PartFields> {
    this.#deps.audience.send(() => JSON.stringify({ type: 'came', name: session.user.name }), 1);
    this.sessions.push(session);
    return { shouters: this.sessions.map(({ user }) => user.name) } as Partial<PartFields>;
  }

  committed(changes: readonly Change[]): void {
    this.versions.push(...changes.map(({ version }) => version));
    const frame = JSON.stringify({ type: 'seen', version: this.#deps.log.head.version });
    const authors = new Set(changes.map(({ sessionId }) => sessionId));
    this.#deps.audience.send(({ sessionId }) => (authors.has(sessionId) ? frame : undefined), 1);
  }
}

/** Adds a part to the open room. The casts stand for the schema of its message. */
async function addShouts(
  node: RoomNode,
  id: string,
): Promise<{
  shouts: Shouts;
  shout: (text: string, session: PartSession) => void;
}> {
  const room = await node.open(id);
  const type = 'shout' as PartMessage['type'];
  const shouts = room.parts.add([type], (deps) => new Shouts(deps) as Shouts & RoomPart);
  return { shouts, shout: (text, session) => room.parts.handle({ type: 'shout', text } as never, session) };
}

it('a part answers the messages that it owns, and no others', async ({ kit, node, id }) => {
  const { shouts, shout } = await addShouts(node, id);
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  shout('hello', shouts.sessions[0]!);
  expect(ann.messages.at(-1)).toEqual({ type: 'shouted', text: 'hello' });
  expect(ben.messages).not.toContainEqual({ type: 'shouted', text: 'hello' });
  ann.say({ type: 'cursor', version: 1, ranges: [{ anchor: 1, head: 1 }] });
  kit.clock.advance(200);
  expect(ben.all('cursor-update')).toHaveLength(1);
});

it('a part welcomes everybody who joins, with fields in the answer beside those of the others', async ({
  node,
  id,
}) => {
  const { shouts } = await addShouts(node, id);
  const ann = await TestClient.joined(node, id, 'ann');
  const ben = await TestClient.joined(node, id, 'ben');
  expect(ann.messages[0]).toMatchObject({ type: 'document-init', shouters: ['ann'], count: 1 });
  expect(ben.messages[0]).toMatchObject({ type: 'document-init', shouters: ['ann', 'ben'], count: 2 });
  expect(shouts.sessions.map(({ role }) => role)).toEqual(['editor', 'editor']);
  expect(ann.messages).toContainEqual({ type: 'came', name: 'ben' });
  expect(ben.messages).not.toContainEqual({ type: 'came', name: 'ben' });
  ann.end();
  const back = new TestClient(node, id, ann.clientId);
  back.say({ type: 'join', clientId: back.clientId, name: 'ann', version: 1 });
  expect(await back.hears('document-sync')).toMatchObject({ shouters: ['ann', 'ben', 'ann'], count: 2 });
});

it('a part hears of every change once, in order, after it became durable and was told', async ({ kit, node, id }) => {
  const { shouts } = await addShouts(node, id);
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  for (let seq = 1; seq <= 20; seq += 1) ann.submit(seq, 1, insert(0, 'x'));
  await ann.hears('ack', 20);
  expect(shouts.versions).toEqual(ann.versions);
  expect(ann.messages.slice(-2)).toMatchObject([
    { type: 'ack', version: 21 },
    { type: 'seen', version: 21 },
  ]);
  expect(ben.messages).not.toContainEqual({ type: 'seen', version: 21 });
  kit.faults.fault = 'refuse';
  ann.submit(21, 21, insert(0, 'not durable'));
  await vi.waitFor(() => expect(kit.faults.appends).toBeGreaterThan(0));
  expect(shouts.versions).toHaveLength(20);
});

it('a message that no part owns is a mistake of the server', async ({ node, id }) => {
  const { parts } = await node.open(id);
  expect(() => parts.handle({ type: 'shout', text: '' } as never, {} as PartSession)).toThrow('shout');
});
