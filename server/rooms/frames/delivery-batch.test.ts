import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, someDecisions, someText } from '../../../shared/testing/edits.ts';
import { textOf } from '../../testing/room-kit.ts';
import { FrameArena } from './frame-arena.ts';
import { DeliveryBatch, type Delivery } from './delivery-batch.ts';
import { encodeAck, encodeUpdate } from './frames.ts';

const seed = 20261125;

const readers = ['ann', 'ben', 'eve'].map((clientId) => ({ clientId }));
/** What one of two authors wrote, from its session or (`undefined`) read from the log; one text is too long for any slab. */
const someWork = fc.record({
  author: fc.nat(1),
  isHere: fc.boolean(),
  edit: fc.oneof(
    { weight: 9, arbitrary: fc.tuple(someText, someDecisions).map(([text, decisions]) => editFrom(text, decisions)) },
    { weight: 1, arbitrary: fc.constant(['a long text with ä and 😀 '.repeat(1000)]) },
  ),
});

describe(`a batch of deliveries (seed ${seed})`, () => {
  it('G3 tells every reader each version once and in order: its own as acks, those of others as updates', () => {
    fc.assert(
      fc.property(fc.array(someWork, { minLength: 1, maxLength: 20 }), (works) => {
        const deliveries = works.map(({ author, isHere, edit }, index): Delivery => {
          const { clientId } = readers[author]!;
          const change = { version: 8 + index, timestamp: 5, edit, clientId, seq: index, userId: 'u"', sessionId: 's' };
          return { change, origin: isHere ? readers[author] : undefined };
        });
        const batch = new DeliveryBatch('doc', deliveries, new FrameArena());
        const frames = readers.map((reader) => batch.frameFor(reader));
        for (const [index, reader] of readers.entries()) {
          const expected = deliveries.map(({ change, origin }) =>
            change.clientId === reader.clientId ? encodeAck(change, origin !== reader) : encodeUpdate('doc', change),
          );
          expect(textOf(frames[index]!)).toBe(expected.length === 1 ? expected[0] : `[${expected.join(',')}]`);
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  it('gives everybody who wrote nothing of it the very same bytes', () => {
    const change = { version: 1, timestamp: 1, edit: ['a'], clientId: 'ann', seq: 1, userId: 'u', sessionId: 's' };
    const batch = new DeliveryBatch('doc', [{ change, origin: undefined }], new FrameArena());
    expect(batch.frameFor({ clientId: 'ben' })).toBe(batch.frameFor({ clientId: 'eve' }));
  });
});
