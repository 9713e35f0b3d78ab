import { describe, expect, vi } from 'vitest';
import type { Operation } from '../../../shared/text/operation.ts';
import { editFromOperations } from '../../../shared/text/operation.ts';
import { applyToString } from '../../../shared/text/edit.ts';
import { rebase } from '../../../shared/text/transform.ts';
import { roomTest, TestClient, type RoomKit, type RoomNode } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

const it = roomTest.extend('id', ({ kit }) => kit.document('doc', CONTENT));

const CONTENT = 'ab'.repeat(1000);
const CHANGES = 40;
/** A thousand pieces, all over the text. */
const scattered = (text: string): Operation[] =>
  Array.from({ length: 1000 }, (_, index) => insert(2 * (999 - index), text));

/** Makes changes of a thousand pieces each on the first version. */
async function makeLongHistory(node: RoomNode, id: string): Promise<void> {
  const busy = await TestClient.joined(node, id, 'busy');
  for (let seq = 1; seq <= CHANGES; seq += 1) {
    busy.submit(seq, 1, ...scattered('x'));
    await busy.hears('ack', seq);
  }
}

/** What the text must be after an edit on the first version, rebased at once over all that was committed meanwhile. */
async function expectedText(kit: RoomKit, id: string, ...operations: Operation[]): Promise<string> {
  const changes = await kit.store.changesAfter(id, 1, 1000);
  const all = [...changes];
  while (all.length < CHANGES) all.push(...(await kit.store.changesAfter(id, all.at(-1)!.version, 1000)));
  const before = all.reduce((text, { edit }) => applyToString(text, edit), CONTENT);
  const edit = editFromOperations(operations, CONTENT.length);
  return applyToString(
    before,
    rebase(
      edit,
      all.map((change) => change.edit),
    ),
  );
}

describe('a submission on a version that is far back', () => {
  it('FO18 is carried over in slices: others are committed meanwhile, and it comes out as if at once', async ({
    kit,
    node,
    id,
  }) => {
    await makeLongHistory(node, id);
    const operations: Operation[] = [...scattered('late'), { type: 'delete', from: 0, to: 7 }];
    const expected = await expectedText(kit, id, ...operations.slice(1));
    const [late, ann] = [await TestClient.joined(node, id, 'late'), await TestClient.joined(node, id, 'ann')];
    late.submit(1, 1, ...operations.slice(1));
    late.submit(2, 1, insert(0, 'then '));
    ann.submit(1, CHANGES + 1, insert(CONTENT.length + CHANGES * 1000, ' now'));
    expect(await ann.hears('ack')).toMatchObject({ version: CHANGES + 2 });
    await late.hears('ack', 2);
    expect(late.all('ack').map(({ seq, version }) => [seq, version])).toEqual([
      [1, CHANGES + 3],
      [2, CHANGES + 4],
    ]);
    expect(late.all('error')).toEqual([]);
    const { text } = (await node.documents.content(id, CHANGES + 3))!;
    expect(text === `${expected} now`).toBe(true);
  });

  it('FO18 is refused where it reaches beyond its text, and a resend is known at once', async ({ node, id }) => {
    await makeLongHistory(node, id);
    const late = await TestClient.joined(node, id, 'late');
    late.submit(1, 1, insert(CONTENT.length + 1, 'x'));
    expect(await late.hears('error')).toMatchObject({ code: 'bad_operation', seq: 1 });
    late.submit(1, 1, insert(CONTENT.length + 1, 'x'), {
      type: 'delete',
      from: CONTENT.length + 1,
      to: CONTENT.length + 2,
    });
    expect(await late.hears('error', 2)).toMatchObject({ code: 'bad_operation', seq: 1 });
    late.submit(1, 1, insert(CONTENT.length, '!'));
    expect(await late.hears('ack')).toMatchObject({ seq: 1, version: CHANGES + 2 });
    late.submit(1, 1, insert(CONTENT.length, '!'));
    expect(await late.hears('ack', 2)).toMatchObject({ seq: 1, version: CHANGES + 2 });
    expect((await node.documents.content(id))!.text.endsWith('!')).toBe(true);
  });

  it('FO18 is refused as unavailable where the server stops first, and does not hold it up', async ({ node, id }) => {
    await makeLongHistory(node, id);
    const late = await TestClient.joined(node, id, 'late');
    for (let seq = 1; seq <= 66; seq += 1) late.submit(seq, 1, ...scattered('y'));
    await vi.waitFor(() => expect(late.all('error').map(({ code }) => code)).toContain('rate_limited'));
    await node.close();
    expect(new Set(late.all('error').map(({ code }) => code))).toEqual(new Set(['rate_limited', 'unavailable']));
    expect(late.all('ack').length + late.all('error').length).toBe(66);
  });
});
