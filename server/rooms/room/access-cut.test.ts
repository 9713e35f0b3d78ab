import { describe, expect, vi } from 'vitest';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import { guestFromClientId } from '../../access/identity.ts';
import { roomTest as it, type RoomKit, TestClient, type RoomFixtures } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

const MANY = { limit: 1000 };

/** A document that only its members see. */
async function closedDocument(kit: RoomKit): Promise<string> {
  const id = await kit.document('doc');
  await kit.store.updateDocument(id, { linkAccess: 'none' }, kit.clock.now());
  return id;
}

const clientIdOf = (name: string): string => name.padEnd(22, '-');
const userOf = (name: string): User => guestFromClientId('a secret of more than thirty-two bytes', clientIdOf(name));

async function give({ kit, node }: RoomFixtures, id: string, name: string, role: Role): Promise<void> {
  await kit.store.setMember(id, { user: userOf(name), role, addedAt: kit.clock.now() }, MANY);
  await node.documents.accessChanged(id, userOf(name).id);
}

async function takeAway({ kit, node }: RoomFixtures, id: string, name: string): Promise<void> {
  await kit.store.removeMember(id, userOf(name).id, {});
  await node.documents.accessChanged(id);
}

/** A member with 50 edits on their way to the disk, and 50 that wait behind them. */
async function hundredEditsInFlight({ kit, node }: RoomFixtures, id: string): Promise<TestClient> {
  await give({ kit, node }, id, 'mina', 'editor');
  const mina = await TestClient.joined(node, id, 'mina');
  kit.faults.fault = 'pause';
  const submissions = Array.from({ length: 100 }, (_, index) => {
    return { type: 'submit', seq: index + 1, version: 0, operations: [insert(0, 'x')] };
  });
  mina.say(...submissions.slice(0, 50));
  await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
  mina.say(...submissions.slice(50));
  return mina;
}

describe('a role that is cut while a hundred edits are in flight', () => {
  it('G6 FA6 lets those be committed that were sequenced before, and refuses the others', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    const mina = await hundredEditsInFlight({ kit, node }, id);
    const cut = give({ kit, node }, id, 'mina', 'viewer');
    expect(await mina.hears('role-update')).toEqual({ type: 'role-update', role: 'viewer' });
    kit.faults.release();
    await cut;
    expect(await kit.store.head(id)).toMatchObject({ version: 50 });
    await mina.hears('error', 50);
    expect(mina.all('ack').map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(mina.all('error').map(({ code, seq }) => [code, seq])).toEqual(
      Array.from({ length: 50 }, (_, index) => ['forbidden', 51 + index]),
    );
  });

  it('G6 and M2 FA6, FA11: whoever is removed is closed with 4403 at once, and commits nothing once the cut is made', async ({
    kit,
    node,
  }) => {
    const id = await closedDocument(kit);
    const mina = await hundredEditsInFlight({ kit, node }, id);
    const done = vi.fn();
    const cut = takeAway({ kit, node }, id, 'mina').then(done);
    await vi.waitFor(() => expect(mina.closed).toMatchObject({ code: 4403 }));
    // The cut is not made while something sequenced before it may still arrive.
    expect(done).not.toHaveBeenCalled();
    kit.faults.release();
    await cut;
    expect(await kit.store.head(id)).toMatchObject({ version: 50 });
    await give({ kit, node }, id, 'ben', 'editor');
    const ben = await TestClient.joined(node, id, 'ben');
    ben.submit(1, 50, insert(0, 'after'));
    expect(await ben.hears('ack')).toMatchObject({ version: 51 });
    expect((await kit.store.changesAfter(id, 50, 1000)).map(({ userId }) => userId)).toEqual([userOf('ben').id]);
  });

  it('G6 and H5 FO16: the trash takes nothing that was not sequenced before', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    const mina = await hundredEditsInFlight({ kit, node }, id);
    await kit.store.updateDocument(id, { trashed: true }, kit.clock.now());
    const done = vi.fn();
    const trashed = node.documents.trashed(id).then(done);
    expect(mina.closed).toMatchObject({ code: 4404 });
    await kit.store.head(id);
    expect(done).not.toHaveBeenCalled();
    kit.faults.release();
    await trashed;
    expect(await kit.store.head(id)).toMatchObject({ version: 50 });
  });

  it('G6 holds for submissions over HTTP too', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    await give({ kit, node }, id, 'mina', 'editor');
    const submit = (version: number) =>
      node.documents.submit(id, { requester: userOf('mina'), version, operations: [insert(0, 'x')] });
    kit.faults.fault = 'pause';
    const first = submit(0);
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    const second = expect(submit(0)).rejects.toMatchObject({ code: 'forbidden' });
    await vi.waitFor(() => expect(node.health()).toMatchObject({ queued: 1 }));
    const cut = give({ kit, node }, id, 'mina', 'commenter');
    await kit.store.head(id);
    kit.faults.release();
    await Promise.all([cut, second]);
    expect(await first).toMatchObject({ version: 1 });
    await takeAway({ kit, node }, id, 'mina');
    await expect(submit(1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await kit.store.head(id)).toMatchObject({ version: 1 });
  });

  it('G6 judges the last edit of somebody who has left by what they may do, and commits it', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    await give({ kit, node }, id, 'mina', 'editor');
    const mina = await TestClient.joined(node, id, 'mina');
    kit.faults.fault = 'pause';
    mina.submit(1, 0, insert(0, 'a'));
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    mina.submit(2, 1, insert(0, 'b'));
    mina.end();
    kit.faults.release();
    await vi.waitFor(async () => expect(await kit.store.head(id)).toMatchObject({ version: 2 }));
  });
});

describe('a role that ends by itself', () => {
  const MINUTE = 60_000;

  it('N3 and G6 FA11: is over when it says, on live sockets and for what waits', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    const createdAt = kit.clock.now();
    await kit.store.addLink(id, { id: 'short', role: 'editor', expiresAt: createdAt + MINUTE, createdAt }, MANY);
    await kit.store.addLink(id, { id: 'longer', role: 'viewer', expiresAt: createdAt + 90 * MINUTE, createdAt }, MANY);
    for (const link of ['short', 'longer']) await kit.store.redeemLink(id, link, userOf('mina'), createdAt);
    const mina = await TestClient.joined(node, id, 'mina');
    kit.clock.advance(MINUTE - 1);
    kit.faults.fault = 'pause';
    mina.submit(1, 0, insert(0, 'in time'));
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    mina.submit(2, 1, insert(0, 'too late'));
    kit.clock.advance(1);
    expect(mina.all('role-update')).toEqual([{ type: 'role-update', role: 'viewer' }]);
    kit.faults.release();
    expect(await mina.hears('error')).toMatchObject({ code: 'forbidden', seq: 2 });
    expect(await mina.hears('ack')).toMatchObject({ seq: 1, version: 1 });
    // Longer than the room would sleep without looking.
    kit.clock.advance(89 * MINUTE - 1);
    mina.say({ type: 'ping' });
    expect(mina.closed).toBeUndefined();
    kit.clock.advance(1);
    expect(mina.closed).toMatchObject({ code: 4403 });
  });

  it('N3 does not wake anybody who has another one as good', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    const createdAt = kit.clock.now();
    await give({ kit, node }, id, 'mina', 'editor');
    await kit.store.addLink(id, { id: 'short', role: 'editor', expiresAt: createdAt + MINUTE, createdAt }, MANY);
    await kit.store.redeemLink(id, 'short', userOf('mina'), createdAt);
    const mina = await TestClient.joined(node, id, 'mina');
    kit.clock.advance(MINUTE);
    mina.submit(1, 0, insert(0, 'a'));
    expect(await mina.hears('ack')).toMatchObject({ version: 1 });
    expect(mina.all('role-update')).toEqual([]);
  });
});

describe('a change of access', () => {
  it('G6 reaches the sessions of other nodes', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    const other = kit.node();
    await give({ kit, node }, id, 'mina', 'editor');
    const mina = await TestClient.joined(other, id, 'mina');
    await give({ kit, node }, id, 'mina', 'commenter');
    expect(await mina.hears('role-update')).toMatchObject({ role: 'commenter' });
    await takeAway({ kit, node }, id, 'mina');
    await vi.waitFor(() => expect(mina.closed).toMatchObject({ code: 4403 }));
  });

  it('G6 that comes in the middle of a join counts for it', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    await give({ kit, node }, id, 'mina', 'editor');
    const mina = new TestClient(node, id, clientIdOf('mina'));
    mina.say({ type: 'join', clientId: mina.clientId });
    const removed = kit.store.removeMember(id, userOf('mina').id, {});
    await removed;
    await node.documents.accessChanged(id);
    await vi.waitFor(() => expect([4403, 4404]).toContain(mina.closed?.code));
  });

  it('M1 is told to the others beside the name', async ({ kit, node }) => {
    const id = await closedDocument(kit);
    for (const name of ['mina', 'ben']) await give({ kit, node }, id, name, 'editor');
    const [mina, ben] = [await TestClient.joined(node, id, 'mina'), await TestClient.joined(node, id, 'ben')];
    kit.clock.advance(200);
    await give({ kit, node }, id, 'mina', 'viewer');
    kit.clock.advance(200);
    const { id: sessionId } = mina.all('document-init')[0]!.session;
    expect(ben.all('collaborators-update').at(-1)).toMatchObject({ changed: [{ sessionId, role: 'viewer' }] });
  });
});

describe('somebody who may only read', () => {
  it.for(['viewer', 'commenter'] as const)(
    'G7 and P6 FA5: a %s who edits changes nothing, and nobody hears of it',
    async (role, { kit, node }) => {
      const id = await closedDocument(kit);
      await give({ kit, node }, id, 'mina', role);
      await give({ kit, node }, id, 'ben', 'editor');
      const [mina, ben] = [await TestClient.joined(node, id, 'mina'), await TestClient.joined(node, id, 'ben')];
      kit.clock.advance(200);
      const heard = ben.messages.length;
      // Refused before anything in it is looked at.
      mina.say({ type: 'submit', seq: 7, version: 99, operations: ['nonsense'] });
      for (let seq = 1; seq <= 20; seq += 1) mina.submit(seq, 0, insert(0, 'x'));
      await mina.hears('error', 21);
      expect(new Set(mina.all('error').map(({ code }) => code))).toEqual(new Set(['forbidden']));
      expect(node.health()).toMatchObject({ queued: 0 });
      kit.clock.advance(200);
      expect(ben.messages.slice(heard)).toEqual([]);
      expect([kit.faults.appends, await kit.store.head(id)]).toMatchObject([0, { version: 0 }]);
      // Where they are and whether they are there is theirs to show.
      mina.say({ type: 'cursor', version: 0, ranges: [{ anchor: 0, head: 0 }] }, { type: 'presence', state: 'away' });
      kit.clock.advance(200);
      expect(await ben.hears('cursor-update')).toMatchObject({ ranges: [{ anchor: 0, head: 0 }] });
      expect(ben.all('collaborators-update').at(-1)).toMatchObject({ changed: [{ role, state: 'away' }] });
    },
  );
});
