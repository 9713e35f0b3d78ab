import { describe, expect, vi } from 'vitest';
import { roomTest as it, type RoomKit, TestClient } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

/** Moves the clock in small steps until `check` passes; pauses of the commit loop end that way. */
async function advanceUntil(kit: RoomKit, check: () => void, step = 100): Promise<void> {
  await vi.waitFor(
    () => {
      kit.clock.advance(step);
      check();
    },
    { timeout: 5000, interval: 2 },
  );
}

describe('a commit', () => {
  it('G1 acknowledges the author without operations and tells everybody else with them', async ({ kit, node }) => {
    const id = await kit.document('doc', 'hello');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    ann.submit(1, 1, insert(5, ' world'));
    expect(await ann.hears('ack')).toEqual({ type: 'ack', seq: 1, version: 2, timestamp: kit.clock.now() });
    const update = await ben.hears('document-update');
    expect(update).toMatchObject({ documentId: id, version: 2, operations: [insert(5, ' world')] });
    expect(update.sessionId).toBe(ann.all('document-init')[0]!.session.id);
    expect(update).not.toHaveProperty('seq');
    expect(await kit.store.changesAfter(id, 1, 10)).toMatchObject([{ version: 2, edit: [5, ' world'] }]);
  });

  it('transforms what was made on an older version; the later commit goes left', async ({ kit, node }) => {
    const id = await kit.document('doc', 'ab');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    ann.submit(1, 1, insert(1, 'X'));
    await ann.hears('ack');
    ben.submit(1, 1, insert(1, 'Y'));
    await ben.hears('ack');
    expect(await ann.hears('document-update')).toMatchObject({ version: 3, operations: [insert(1, 'Y')] });
    expect((await node.documents.content(id))!.text).toBe('aYXb');
  });

  it('V2 follows versions alone where the clock jumps: timestamps never go back (FR8)', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    const begun = kit.clock.now();
    for (const [index, jump] of [0, -86_400_000, 172_800_000, -86_400_000].entries()) {
      kit.clock.setBy(jump);
      ann.submit(index + 1, index, insert(0, 'x'));
      await ann.hears('ack', index + 1);
    }
    const timestamps = ann.all('ack').map(({ timestamp }) => timestamp - begun);
    expect(timestamps).toEqual([0, 0, 86_400_000, 86_400_000]);
  });

  it('tells what became durable together in one frame, in version order, each author its own as ack', async ({
    kit,
    node,
  }) => {
    const id = await kit.document('doc');
    const clients = await Promise.all(['ann', 'ben', 'cat', 'dan'].map((name) => TestClient.joined(node, id, name)));
    const reader = clients[3]!;
    for (const client of clients.slice(0, 3)) client.submit(1, 0, insert(0, client.clientId[0]!));
    await vi.waitFor(() => expect(reader.versions).toEqual([1, 2, 3]));
    for (const client of clients) expect(client.versions).toEqual([1, 2, 3]);
    const batched = reader.frames.find((frame) => frame.startsWith('[') && frame.includes('document-update'));
    expect(JSON.parse(batched!)).toHaveLength(3);
    expect((await node.documents.content(id))!.text).toBe('cba');
  });

  it('G7 refuses with the codes of the protocol and changes nothing (FO5)', async ({ kit, node }) => {
    const id = await kit.document('doc', '😀b');
    const ann = await TestClient.joined(node, id, 'ann');
    const cases: [object, string][] = [
      [{ seq: 1, version: 1, operations: [] }, 'bad_operation'],
      [{ seq: 1, version: 1, operations: [{ type: 'insert', position: 9, text: 'x' }] }, 'bad_operation'],
      [{ seq: 1, version: 1, operations: [{ type: 'insert', position: 1, text: 'x' }] }, 'bad_operation'],
      [{ seq: 1, version: 1, operations: [{ type: 'insert', position: '0', text: 'x' }] }, 'bad_operation'],
      [{ seq: 1, version: 1, operations: [insert(0, 'a\r\n')] }, 'bad_text'],
      [{ seq: 1, version: 1, operations: [insert(0, 'a\0')] }, 'bad_text'],
      [{ seq: 1, version: 9, operations: [insert(0, 'x')] }, 'version_ahead'],
      [{ seq: 3, version: 1, operations: [insert(0, 'x')] }, 'seq_gap'],
    ];
    for (const [index, [fields, code]] of cases.entries()) {
      ann.say({ type: 'submit', ...fields });
      expect(await ann.hears('error', index + 1)).toMatchObject({ code, seq: (fields as { seq: number }).seq });
    }
    expect(await node.documents.content(id)).toMatchObject({ version: 1, text: '😀b' });
    ann.submit(1, 1, insert(0, 'fine'));
    await ann.hears('ack');
  });

  it('refuses what would make the document too large, and takes what makes it smaller', async ({ kit }) => {
    const small = kit.node({ documentLength: 10 });
    const id = await kit.document('doc', '0123456789');
    const ann = await TestClient.joined(small, id, 'ann');
    ann.submit(1, 1, insert(0, 'x'));
    expect(await ann.hears('error')).toMatchObject({ code: 'document_too_large', retryable: false });
    ann.submit(1, 1, { type: 'delete', from: 0, to: 5 });
    await ann.hears('ack');
  });
});

describe('a resend', () => {
  it('G2 of the last submission is answered by its original ack, also when it was rebased', async ({ kit, node }) => {
    const id = await kit.document('doc', 'ab');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    ann.submit(1, 1, insert(2, 'X'));
    const first = await ann.hears('ack');
    ben.submit(1, 2, insert(0, '___'));
    await ben.hears('ack');
    kit.clock.advance(1000);
    ann.submit(1, 3, insert(5, 'X'));
    expect(await ann.hears('ack', 2)).toEqual({ ...first, operations: [insert(2, 'X')] });
    expect((await node.documents.content(id))!.version).toBe(3);
  });

  it('G2 with other text, or of an older seq, is refused', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'a'));
    await ann.hears('ack');
    ann.submit(1, 1, insert(0, 'b'));
    expect(await ann.hears('error')).toMatchObject({ code: 'seq_reused', seq: 1 });
    ann.submit(2, 1, insert(0, 'c'));
    await ann.hears('ack', 2);
    ann.submit(1, 2, insert(0, 'a'));
    expect(await ann.hears('error', 2)).toMatchObject({ code: 'seq_reused', seq: 1 });
  });

  it('G2 is recognised by another node, which has only the log', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'once'));
    const { version, timestamp } = await ann.hears('ack');
    const again = await TestClient.joined(kit.node(), id, 'ann');
    expect(again.all('document-init')[0]).toMatchObject({ seq: 1, content: 'once' });
    again.submit(1, 1, insert(0, 'once'));
    expect(await again.hears('ack')).toMatchObject({ version, timestamp });
  });

  it('beside the first copy, which is still on its way, commits once', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    ann.submit(1, 0, insert(0, 'once'));
    ann.submit(1, 0, insert(0, 'once'));
    await ann.hears('ack', 2);
    expect(await node.documents.content(id)).toMatchObject({ version: 1, text: 'once' });
  });
});

describe('a failing store', () => {
  it('S4 whose commit landed all the same acknowledges it once, from the log', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    kit.faults.fault = 'commit-then-fail';
    ann.submit(1, 0, insert(0, 'a'));
    await advanceUntil(kit, () => expect(ann.versions).toContain(1));
    kit.faults.fault = 'none';
    expect(ben.versions).toEqual([1]);
    ann.submit(2, 1, insert(1, 'b'));
    await vi.waitFor(() => expect(ann.versions).toContain(2));
    expect(new Set(ann.all('ack').map(({ seq, version }) => `${seq} is ${version}`))).toEqual(
      new Set(['1 is 1', '2 is 2']),
    );
    expect(await node.documents.content(id)).toMatchObject({ version: 2, text: 'ab' });
    expect(ben.versions).toEqual([1, 2]);
  });

  it('S3 that refuses acknowledges nothing, and goes on by itself when it can', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    kit.faults.fault = 'refuse';
    ann.submit(1, 0, insert(0, 'kept'));
    await advanceUntil(kit, () => expect(kit.faults.appends).toBeGreaterThan(2));
    expect([...ann.versions, ...ben.versions]).toEqual([]);
    kit.faults.fault = 'none';
    await advanceUntil(kit, () => expect(ben.versions).toEqual([1]));
    expect(ann.all('error')).toEqual([]);
  });

  it('S3 answers unavailable after 5 s while joining, reading and presence go on, and heals', async ({ kit, node }) => {
    const id = await kit.document('doc', 'text');
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
    kit.faults.fault = 'refuse';
    ann.submit(1, 1, insert(0, 'kept '));
    await advanceUntil(kit, () => expect(ann.all('error')).toHaveLength(1));
    expect(ann.all('error')[0]).toMatchObject({ code: 'unavailable', retryable: true, seq: 1, retryAfter: 1000 });
    ben.submit(1, 1, insert(0, 'no '));
    expect(await ben.hears('error')).toMatchObject({ code: 'unavailable', seq: 1 });
    const cat = await TestClient.joined(node, id, 'cat');
    expect(cat.all('document-init')[0]!.content).toBe('text');
    ben.say({ type: 'cursor', version: 1, ranges: [{ anchor: 2, head: 2 }] });
    await advanceUntil(kit, () =>
      expect(cat.all('cursor-update').at(-1)).toMatchObject({ ranges: [{ anchor: 2, head: 2 }] }),
    );
    kit.faults.fault = 'none';
    await advanceUntil(kit, () => {
      ann.submit(1, 1, insert(0, 'kept '));
      expect(ann.versions.length).toBeGreaterThan(0);
    });
    expect(await node.documents.content(id)).toMatchObject({ version: 2, text: 'kept text' });
  });

  it('S4 whose frozen append arrives late loses it to what was committed meanwhile (FR5)', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const ann = await TestClient.joined(node, id, 'ann');
    kit.faults.fault = 'hold';
    ann.submit(1, 0, insert(0, 'a'));
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1));
    kit.faults.fault = 'none';
    await advanceUntil(kit, () => expect(ann.versions).toEqual([1]));
    expect(await kit.faults.landLate()).toEqual([false]);
    expect(await node.documents.content(id)).toMatchObject({ version: 1, text: 'a' });
  });
});

describe('two nodes on one store', () => {
  it('order by compare-and-swap on the log, and both see everything once', async ({ kit, node }) => {
    const id = await kit.document('doc');
    const other = kit.node();
    const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(other, id, 'ben')];
    for (let seq = 1; seq <= 20; seq += 1) {
      ann.submit(seq, 0, insert(0, 'a'));
      ben.submit(seq, 0, insert(0, 'b'));
    }
    const all = Array.from({ length: 40 }, (_, index) => index + 1);
    await vi.waitFor(() => expect([ann.versions, ben.versions]).toEqual([all, all]), { timeout: 5000 });
    expect(ann.all('ack').map((ack) => ack.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await node.documents.content(id))!.text).toBe((await other.documents.content(id))!.text);
  });
});
