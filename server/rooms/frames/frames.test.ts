import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/sync/change.ts';
import { operationsFromEdit } from '../../../shared/text/operation.ts';
import { editFrom, PROPERTY_RUNS, someDecisions, someText } from '../../../shared/testing/edits.ts';
import { encodeAck, encodeMissed, encodeUpdate } from './frames.ts';

const seed = 20261125;

/** Anything that may stand in an id or a text, quotes and half pairs too. */
const someString = fc.string({ unit: 'binary', maxLength: 12 });
const someChange: fc.Arbitrary<Change> = fc.record({
  version: fc.nat(),
  timestamp: fc.maxSafeNat(),
  edit: fc.tuple(someText, someDecisions).map(([text, decisions]) => editFrom(text, decisions)),
  clientId: someString,
  seq: fc.nat(),
  userId: someString,
  sessionId: someString,
});

describe(`what is written for every change (seed ${seed})`, () => {
  it('O7 is what JSON.stringify makes of the message, operations from the highest position to the lowest', () => {
    fc.assert(
      fc.property(someString, someChange, (documentId, change) => {
        const { version, timestamp, seq, edit, userId, sessionId } = change;
        const operations = operationsFromEdit(edit);
        const fields = { version, timestamp, operations, userId, sessionId };
        expect(encodeUpdate(documentId, change)).toBe(
          JSON.stringify({ type: 'document-update', documentId, ...fields }),
        );
        expect(encodeMissed(change, false)).toBe(JSON.stringify(fields));
        expect(encodeMissed(change, true)).toBe(JSON.stringify({ ...fields, seq }));
        const ack = { type: 'ack', seq, version, timestamp };
        expect(encodeAck(change, false)).toBe(JSON.stringify(ack));
        expect(encodeAck(change, true)).toBe(JSON.stringify({ ...ack, operations }));
      }),
      { seed, numRuns: PROPERTY_RUNS },
    );
  });
});
