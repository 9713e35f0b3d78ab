import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, isCanonical, PROPERTY_RUNS, respectsPairs, someDecisions, someText } from '../testing/edits.ts';
import { ChunkedText } from './chunked-text.ts';
import {
  applyToString,
  compose,
  editFromParts,
  editsEqual,
  fold,
  growth,
  insertedText,
  invert,
  type Edit,
} from './edit.ts';
import { assertApplies, editFromDescending, editFromOperations, operationsFromEdit } from './operation.ts';
import { transform, transformPair } from './transform.ts';

const seed = 20261120;
const parameters = { seed, numRuns: PROPERTY_RUNS };

/** A text with two edits that were both made on it. */
const fork = fc.tuple(someText, someDecisions, someDecisions).map(([text, a, b]) => ({
  text,
  a: editFrom(text, a),
  b: editFrom(text, b),
}));

/** A text with edits that follow each other. */
const chain = fc.tuple(someText, fc.array(someDecisions, { minLength: 1, maxLength: 9 })).map(([text, decisions]) => {
  let current = text;
  const edits = decisions.map((each) => {
    const edit = editFrom(current, each);
    current = applyToString(current, edit);
    return edit;
  });
  return { text, edits, result: current };
});

describe(`the algebra (seed ${seed})`, () => {
  it('reads any parts as the canonical edit that does the same', () => {
    const part = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const edit = editFromParts(parts);
        const text = 'x'.repeat(parts.reduce<number>((sum, one) => sum + Math.abs(Number(one) || 0), 9));
        expect(isCanonical(edit)).toBe(true);
        expect(editFromParts(edit)).toEqual(edit);
        expect(applyToString(text, edit)).toBe(applyToString(text, parts));
      }),
      parameters,
    );
    for (const odd of [0.5, NaN, Infinity, 2 ** 53]) expect(() => editFromParts([odd])).toThrow(RangeError);
  });

  it('makes one text of two concurrent edits, in both orders', () => {
    fc.assert(
      fc.property(fork, ({ text, a, b }) => {
        const moved = transformPair(a, b);
        expect(compose(b, moved.later)).toEqual(compose(a, moved.earlier));
        const result = applyToString(applyToString(text, b), moved.later);
        expect(applyToString(applyToString(text, a), moved.earlier)).toBe(result);
        expect(result.isWellFormed()).toBe(true);
      }),
      parameters,
    );
  });

  it('keeps every inserted text when it transforms, whole and in order', () => {
    fc.assert(
      fc.property(fork, fc.constantFrom('left' as const, 'right' as const), ({ text, a, b }, side) => {
        const moved = transform(a, b, side);
        expect(insertedText(moved)).toBe(insertedText(a));
        expect(isCanonical(moved)).toBe(true);
        expect(respectsPairs(moved, applyToString(text, b))).toBe(true);
      }),
      parameters,
    );
  });

  it('composes to one edit that does what both do', () => {
    fc.assert(
      fc.property(chain, ({ text, edits, result }) => {
        const composed = edits.reduce(compose);
        expect(applyToString(text, composed)).toBe(result);
        expect(isCanonical(composed)).toBe(true);
        expect(growth(composed)).toBe(result.length - text.length);
      }),
      parameters,
    );
  });

  it('folds as a tree to what composing in a row gives', () => {
    fc.assert(
      fc.property(chain, ({ edits }) => {
        expect(fold(edits)).toEqual(edits.reduce(compose));
      }),
      parameters,
    );
    expect(fold([])).toEqual([]);
  });

  it('takes an edit back', () => {
    fc.assert(
      fc.property(fork, ({ text, a }) => {
        const back = invert(a, text);
        expect(isCanonical(back)).toBe(true);
        expect(applyToString(applyToString(text, a), back)).toBe(text);
        expect(invert(a, ChunkedText.from(text))).toEqual(back);
      }),
      parameters,
    );
  });

  it('says the same in operations, read in sequence or all at once', () => {
    fc.assert(
      fc.property(fork, ({ text, a }) => {
        const operations = operationsFromEdit(a);
        expect(editFromOperations(operations, text.length)).toEqual(a);
        expect(editFromDescending(operations)).toEqual(a);
        const positions = operations.map((each) => (each.type === 'insert' ? each.position : each.from));
        expect(positions).toEqual([...positions].sort((left, right) => right - left));
      }),
      parameters,
    );
  });

  it('folds operations in sequence to what applying them one by one gives', () => {
    fc.assert(
      fc.property(chain, ({ text, edits, result }) => {
        const operations = edits.flatMap(operationsFromEdit);
        const edit = editFromOperations(operations, text.length);
        expect(applyToString(text, edit)).toBe(result);
        expect(isCanonical(edit)).toBe(true);
      }),
      parameters,
    );
  });

  it('finds exactly the edits that split a pair or reach beyond the text', () => {
    const someParts = fc.array(
      fc.oneof(
        fc.integer({ min: -4, max: 6 }).filter((part) => part !== 0),
        fc.constantFrom('x', '😀'),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    const outcomes = { fits: 0, refused: 0 };
    fc.assert(
      fc.property(someText, someParts, (text, parts) => {
        const edit: Edit = parts;
        const reaches = parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? Math.abs(part) : 0), 0);
        const changesWithinPair = changedPositions(edit).some((position) => !text.slice(0, position).isWellFormed());
        const fits = reaches <= text.length && !changesWithinPair;
        const check = () => assertApplies(edit, ChunkedText.from(text));
        if (fits) check();
        else expect(check).toThrow(expect.objectContaining({ code: 'bad_operation' }));
        outcomes[fits ? 'fits' : 'refused'] += 1;
      }),
      parameters,
    );
    expect(outcomes.fits).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  });

  it('compares edits by what they do', () => {
    fc.assert(
      fc.property(fork, ({ text, a, b }) => {
        expect(editsEqual(a, a.slice())).toBe(true);
        if (applyToString(text, a) !== applyToString(text, b)) expect(editsEqual(a, b)).toBe(false);
      }),
      parameters,
    );
  });
});

/** The places at which an edit inserts, and the ends of what it deletes. */
function changedPositions(edit: Edit): number[] {
  const positions: number[] = [];
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') positions.push(position);
    else if (part > 0) position += part;
    else {
      positions.push(position, position - part);
      position -= part;
    }
  }
  return positions;
}
