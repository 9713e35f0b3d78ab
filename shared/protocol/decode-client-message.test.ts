import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../testing/edits.ts';
import { wholeValues } from '../testing/schema-values.ts';
import { decodeCursor, decodeOperation, decodeSubmit } from './decode-client-message.ts';
import { clientMessageSchema } from './messages.ts';
import { operationSchema } from './document-messages.ts';

const seed = 20261125;

/** Where a number is expected. */
const someNumber = fc.oneof(
  { weight: 6, arbitrary: fc.nat(9) },
  fc.constantFrom(-1, -0, 0.5, 2 ** 53 - 1, 2 ** 53, 1e300, -(2 ** 53)),
  fc.constantFrom(null, true, '1', [], {}, [1]),
);
const someString = fc.oneof({ weight: 6, arbitrary: fc.string({ maxLength: 3 }) }, someNumber);
const someType = fc.constantFrom('insert', 'delete', 'replace', 'submit', 'cursor', 'Insert', '', null, 1, '__proto__');
/** Fields that messages have, each of them missing now and then, and one that none has. */
const someOperation = fc.record(
  { type: someType, position: someNumber, from: someNumber, to: someNumber, text: someString, other: fc.jsonValue() },
  { requiredKeys: [] },
);
const someRange = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ anchor: someNumber, head: someNumber, other: someNumber }, { requiredKeys: [] }),
  },
  fc.jsonValue(),
);
const someRanges = fc.oneof(
  fc.array(someRange, { maxLength: 3 }),
  fc.constantFrom(63, 64, 65).map((length) => Array.from({ length }, () => ({ anchor: 1, head: 2 }))),
  someNumber,
);
const someMessage = fc.record(
  {
    type: someType,
    seq: someNumber,
    version: someNumber,
    operations: fc.oneof(fc.array(someOperation, { maxLength: 2 }), someNumber),
    ranges: someRanges,
    other: fc.jsonValue(),
  },
  { requiredKeys: ['type'] },
);
const something = fc.oneof({ weight: 4, arbitrary: fc.jsonValue() }, fc.constantFrom(undefined, [], [[]]));

/** What arrived: JSON has no undefined and no shared or special objects. */
function arrived(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

describe(`the checks by hand (seed ${seed})`, () => {
  it('O6 take the submissions and cursors that the schema takes, as it gives them', () => {
    const taken = { submit: 0, cursor: 0, none: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: someMessage }, something), (message) => {
        const value = arrived(message);
        const result = clientMessageSchema.safeParse(value);
        const isFrequent = result.success && (result.data.type === 'submit' || result.data.type === 'cursor');
        const expected = isFrequent ? result.data : undefined;
        expect(decodeSubmit(value) ?? decodeCursor(value)).toStrictEqual(expected);
        taken[isFrequent ? (result.data.type as 'submit') : 'none'] += 1;
      }),
      { seed, numRuns: PROPERTY_RUNS },
    );
    expect(Math.min(...Object.values(taken))).toBeGreaterThan(PROPERTY_RUNS / 200);
  });

  it('O6 take the operations that the schema takes, as it gives them', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: someOperation }, something), (operation) => {
        const value = arrived(operation);
        const result = operationSchema.safeParse(value);
        expect(decodeOperation(value)).toStrictEqual(result.success ? result.data : undefined);
        if (result.success) taken += 1;
      }),
      { seed, numRuns: PROPERTY_RUNS },
    );
    expect(taken).toBeGreaterThan(PROPERTY_RUNS / 200);
  });

  it('O6 keep every field that the schemas know, the optional ones too', () => {
    const messages = wholeValues(clientMessageSchema) as { readonly type: string }[];
    const frequent = messages.filter(({ type }) => type === 'submit' || type === 'cursor');
    expect(new Set(frequent.map(({ type }) => type)).size).toBe(2);
    for (const message of frequent) {
      expect(clientMessageSchema.parse(message)).toStrictEqual(message);
      expect(decodeSubmit(message) ?? decodeCursor(message)).toStrictEqual(message);
    }
    const operations = wholeValues(operationSchema);
    expect(operations.length).toBe(operationSchema.def.options.length);
    for (const operation of operations) {
      expect(operationSchema.parse(operation)).toStrictEqual(operation);
      expect(decodeOperation(operation)).toStrictEqual(operation);
    }
  });

  it('O6 do not take what merely inherits the fields', () => {
    const value: unknown = JSON.parse('{"__proto__": {"type": "submit", "seq": 1, "version": 0, "operations": []}}');
    expect(decodeSubmit(value)).toBeUndefined();
  });
});
