import { describe, expect, vi } from 'vitest';
import { roomTest as it, TestClient } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

async function commit(client: TestClient, seq: number, version: number, text: string): Promise<number> {
  client.submit(seq, version, insert(0, text));
  return (await client.hears('ack', seq)).timestamp;
}

it('H16 notes who is here by the name that they have now, not the one that they came with', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const ann = await TestClient.joined(node, id, 'ann');
  const { user } = ann.all('document-init')[0]!.session;
  node.documents.renameUser({ ...user, name: 'Anna' });
  ann.end();
  await node.services.visits.finish(5000);
  const asked = { userId: 'guest_owner', limit: 9, ofOthers: false };
  const [known] = await kit.store.listAcquaintances(id, asked);
  expect(known!.user).toEqual({ ...user, name: 'Anna' });
});

describe('joining', () => {
  it('J7 answers a new client with the whole text and who is here', async ({ kit, node }) => {
    const id = await kit.document('doc', 'hello');
    await TestClient.joined(node, id, 'ann');
    const ben = await TestClient.joined(node, id, 'ben');
    expect(ben.all('document-init')[0]).toMatchObject({
      documentId: id,
      version: 1,
      content: 'hello',
      seq: 0,
      reason: 'new',
      title: 'Notes',
      count: 2,
      session: { role: 'editor', user: { name: 'ben' } },
      limits: { documentLength: 5_000_000, messageBytes: 1_048_576, operations: 1000 },
      heartbeatInterval: 15_000,
    });
    expect(
      ben
        .all('document-init')[0]!
        .collaborators.map((c) => c.user.name)
        .sort(),
    ).toEqual(['ann', 'ben']);
    expect(JSON.stringify(ben.messages)).not.toContain('ann---');
  });

  it('J7 answers a version of this history with what was missed, own changes marked by seq', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    const first = await commit(ann, 1, 0, 'a');
    await commit(ben, 1, 1, 'b');
    await commit(ann, 2, 2, 'c');
    ann.end();
    const back = new TestClient(node, id, ann.clientId);
    back.say({ type: 'join', clientId: ann.clientId, version: 1, timestamp: first });
    const sync = await back.hears('document-sync');
    expect(sync).toMatchObject({ version: 3, seq: 2 });
    expect(sync.updates.map(({ version, seq }) => [version, seq])).toEqual([
      [2, undefined],
      [3, 2],
    ]);
  });

  it('J7 answers an old version from the log when the room was opened after it (FO6)', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    const first = await commit(ann, 1, 0, 'a');
    await commit(ann, 2, 1, 'b');
    const record = { version: 2, timestamp: (await kit.store.head(id)).timestamp, text: 'ba' };
    await kit.store.saveSnapshot(id, record);
    const back = new TestClient(kit.node(), id, 'somebody-else---------');
    back.say({ type: 'join', clientId: back.clientId, version: 1, timestamp: first });
    expect((await back.hears('document-sync')).updates).toMatchObject([{ version: 2, operations: [insert(0, 'b')] }]);
  });

  it('V3 answers a version of another history with fork, and one ahead of the log too', async ({ kit, node }) => {
    const id = await kit.document('doc', 'x');
    for (const [index, name] of [
      [0, { version: 1, timestamp: 5 }],
      [1, { version: 7, timestamp: 5 }],
    ] as const) {
      const client = new TestClient(node, id, `client-number-${index}--------`);
      client.say({ type: 'join', clientId: client.clientId, ...name });
      expect(await client.hears('document-init')).toMatchObject({ reason: 'fork', version: 1, content: 'x' });
    }
  });

  it('J7 answers with the whole text where the tail is larger than it', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    let version = 0;
    for (let seq = 1; seq <= 4; seq += 1) {
      ann.submit(
        seq,
        version,
        version === 0
          ? insert(0, 'x'.repeat(300_000))
          : { type: 'replace', from: 0, to: 300_000, text: String(seq).repeat(300_000) },
      );
      ({ version } = await ann.hears('ack', seq));
    }
    const back = new TestClient(node, id, 'somebody-else---------');
    back.say({ type: 'join', clientId: back.clientId, version: 0, timestamp: 0 });
    expect(await back.hears('document-init')).toMatchObject({ reason: 'behind', version: 4 });
  });

  it('G4 binds a clientId to the user who first used it', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    await commit(ann, 1, 0, 'a');
    const thief = new TestClient(node, id, ann.clientId, { id: 'guest_thief', name: 'T', color: '#000000' });
    thief.say({ type: 'join', clientId: ann.clientId });
    expect(await thief.hears('error')).toMatchObject({ code: 'client_taken' });
    expect(thief.messages).toHaveLength(1);
    thief.say({ type: 'join', clientId: 'a-client-of-its-own---' });
    await thief.hears('document-init');
    expect(ann.closed).toBeUndefined();
  });

  it('G4 lets a newer socket of the same client take over; the late end of the older one changes nothing (FM14)', async ({
    kit,
    node,
  }) => {
    const id = await kit.document('doc');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    ann.submit(1, 0, insert(0, 'old socket'));
    const newer = await TestClient.joined(node, id, 'ann');
    expect(ann.closed).toMatchObject({ code: 4409 });
    ann.end();
    await vi.waitFor(() => expect(ben.versions).toEqual([1]));
    await commit(newer, newer.all('document-init')[0]!.seq + 1, 0, 'x').catch(() => undefined);
    expect(node.documents.present(id).count).toBe(2);
    expect(ben.all('document-init')[0]!.count).toBe(2);
  });

  it('leaves no ghost where the socket goes while the store is asked (FW9)', async ({ kit, node }) => {
    const id = await kit.document('doc');
    await TestClient.joined(node, id, 'ann');
    const gone = new TestClient(node, id, 'gone-before-the-answer');
    gone.say({ type: 'join', clientId: gone.clientId });
    gone.end();
    const next = await TestClient.joined(node, id, 'next');
    expect(next.all('document-init')[0]!.count).toBe(2);
    expect(gone.messages).toEqual([]);
  });
});

describe('a room', () => {
  it('is evicted when idle, never while somebody is in it, and opens again from the log', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    await commit(ann, 1, 0, 'kept');
    kit.clock.advance(3_600_000);
    expect(node.health()).toMatchObject({ rooms: 1, sessions: 1 });
    ann.end();
    kit.clock.advance(120_000);
    expect(node.health()).toMatchObject({ rooms: 0, sessions: 0 });
    expect(await node.documents.content(id)).toMatchObject({ version: 1, text: 'kept' });
  });

  it('is not evicted while a submission waits for the disk (FR3)', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    kit.faults.fault = 'refuse';
    ann.submit(1, 0, insert(0, 'kept'));
    await vi.waitFor(() => expect(kit.faults.appends).toBeGreaterThan(0));
    ann.end();
    kit.clock.advance(4000);
    expect(node.health()).toMatchObject({ rooms: 1 });
    kit.faults.fault = 'none';
    await vi.waitFor(async () => {
      kit.clock.advance(200);
      expect(await kit.store.head(id)).toMatchObject({ version: 1 });
    });
  });

  it('tells a new title, cuts roles with the link access, and closes what may not see it', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    const viewOnly = (await kit.store.updateDocument(id, { title: 'Plan', linkAccess: 'view' }, kit.clock.now()))!;
    node.documents.metaChanged(viewOnly);
    expect(await ann.hears('document-meta')).toEqual({ type: 'document-meta', title: 'Plan', isNamed: true });
    expect(await ann.hears('role-update')).toEqual({ type: 'role-update', role: 'viewer' });
    ann.submit(1, 0, insert(0, 'no'));
    expect(await ann.hears('error')).toMatchObject({ code: 'forbidden', seq: 1 });
    node.documents.metaChanged((await kit.store.updateDocument(id, { linkAccess: 'none' }, kit.clock.now()))!);
    expect(ann.closed).toMatchObject({ code: 4403 });
  });

  it('in the trash closes with 4404 and is not found any more', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    await kit.store.updateDocument(id, { trashed: true }, kit.clock.now());
    await node.documents.trashed(id);
    expect(ann.closed).toMatchObject({ code: 4404 });
    const ben = new TestClient(node, id, 'ben-------------------');
    ben.say({ type: 'join', clientId: ben.clientId });
    expect(await ben.hears('error')).toMatchObject({ code: 'not_found' });
    expect(ben.closed).toMatchObject({ code: 4404 });
  });

  it('finishes what is queued before it closes, and says 1012', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    for (let seq = 1; seq <= 30; seq += 1) ann.submit(seq, 0, insert(0, 'x'));
    await node.close();
    expect(ann.all('ack')).toHaveLength(30);
    expect(ann.closed).toMatchObject({ code: 1012 });
    expect(await kit.store.head(id)).toMatchObject({ version: 30 });
  });

  it('writes a snapshot after a thousand changes', async ({ kit }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(kit.node({ submissionsPerSecond: 1000 }), id, 'ann');
    for (let seq = 1; seq <= 1100; seq += 1) ann.submit(seq, 0, insert(0, 'x'));
    await ann.hears('ack', 1100);
    await vi.waitFor(async () => expect((await kit.store.load(id))!.snapshot.version).toBeGreaterThan(0));
    expect(await kit.node().documents.content(id)).toMatchObject({ version: 1100, text: 'x'.repeat(1100) });
  });

  it('leaves a snapshot when it is evicted and when the server stops, so that the next opening applies no long tail', async ({
    kit,
  }) => {
    const id = await kit.document('doc');
    const node = kit.node({ roomIdle: 30_000 });
    const type = async (from: number, to: number): Promise<void> => {
      const ann = await TestClient.joined(node, id, `ann-${from}`);
      for (let seq = 1; seq <= to - from; seq += 1) ann.submit(seq, from, insert(0, 'x'));
      await ann.hears('ack', to - from);
      ann.end();
    };
    await type(0, 63);
    kit.clock.advance(60_000);
    await type(63, 100);
    expect(await kit.store.load(id)).toMatchObject({ snapshot: { version: 0 } });
    kit.clock.advance(60_000);
    expect(node.health().rooms).toBe(0);
    await vi.waitFor(async () =>
      expect(await kit.store.load(id)).toMatchObject({ snapshot: { version: 100 }, changes: [] }),
    );

    await type(100, 170);
    await node.close();
    expect(await kit.store.load(id)).toMatchObject({ snapshot: { version: 170 }, changes: [] });
    expect(await kit.node().documents.content(id)).toMatchObject({ version: 170, text: 'x'.repeat(170) });
  });

  it('stops without a snapshot that a slow disk does not take in time', async ({ kit }) => {
    const id = await kit.document('doc');
    const node = kit.node({ lastSnapshots: 500 });
    const ann = await TestClient.joined(node, id, 'ann');
    for (let seq = 1; seq <= 70; seq += 1) ann.submit(seq, 0, insert(0, 'x'));
    await ann.hears('ack', 70);
    kit.faults.fault = 'pause';
    let isStopped = false;
    const stopped = node.close().then(() => (isStopped = true));
    await vi.waitFor(() => expect(ann.closed).toMatchObject({ code: 1012 }));
    expect(isStopped).toBe(false);
    kit.clock.advance(500);
    await stopped;
    expect(await kit.store.load(id)).toMatchObject({ snapshot: { version: 0 } });
  });

  it('replaces a whole text by the minimal difference', async ({ kit, node }) => {
    const id = await kit.document('doc', 'one\ntwo\nthree\n');
    const ann = await TestClient.joined(node, id, 'ann');
    const user = { id: 'guest_owner', name: 'Olive', color: '#ba3d47' };
    const name = await node.documents.replaceContent(id, { requester: user, content: 'one\n2\nthree\n' });
    expect(await ann.hears('document-update')).toMatchObject({
      ...name,
      operations: [{ type: 'replace', from: 4, to: 7, text: '2' }],
    });
    expect(await node.documents.replaceContent(id, { requester: user, content: 'one\n2\nthree\n' })).toEqual(name);
    await expect(
      node.documents.replaceContent(id, {
        requester: user,
        content: '',
        ifVersion: { version: 1, timestamp: name.timestamp },
      }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
  });
});

it('G3 tells a room of hundreds every version once and in order, also those who come in the middle of telling', async ({
  kit,
  node,
}) => {
  const id = await kit.document('doc');
  const readers: TestClient[] = [];
  for (let index = 0; index < 300; index += 1) readers.push(await TestClient.joined(node, id, `reader-${index}`));
  const ann = await TestClient.joined(node, id, 'ann');
  const late: Promise<TestClient>[] = [];
  for (let seq = 1; seq <= 5; seq += 1) {
    await commit(ann, seq, seq - 1, 'x');
    late.push(TestClient.joined(node, id, `late-${seq}`));
    readers.pop()!.end();
  }
  const newcomers = await Promise.all(late);
  await commit(ann, 6, 5, 'x');
  for (const client of [ann, ...readers]) {
    await vi.waitFor(() => expect(client.versions).toEqual([1, 2, 3, 4, 5, 6]));
  }
  for (const client of newcomers) {
    const { version } = client.all('document-init')[0]!;
    const later = [1, 2, 3, 4, 5, 6].slice(version);
    await vi.waitFor(() => expect(client.versions).toEqual(later));
  }
});
