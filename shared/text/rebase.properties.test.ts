import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, PROPERTY_RUNS, someDecisions, someText } from '../testing/edits.ts';
import { applyToString, replaceEdit, type Edit } from './edit.ts';
import { rebase, transform } from './transform.ts';

const seed = 20261125;
const parameters = { seed, numRuns: PROPERTY_RUNS };

/** One small edit of a long text, so that most pairs of them do not meet. */
const somePlace = fc.record({ at: fc.nat(), removed: fc.nat(3), text: fc.constantFrom('', 'a', 'bc', '😀') });
/** One edit all over a short text, so that all of them meet, or the small one. */
const someEdit = fc.oneof(
  somePlace.map(({ at, removed, text }) => (length: number): Edit => {
    const from = at % (length + 1);
    return replaceEdit(from, Math.min(length, from + removed), text);
  }),
  someDecisions.map((decisions) => (_length: number, text: string) => editFrom(text, decisions)),
);
const someTexts = fc.oneof(someText, fc.constant('the text in which people write at places far from each other'));

describe(`rebasing (seed ${seed})`, () => {
  it('gives what transforming over one committed change at a time gives', () => {
    let moved = 0;
    fc.assert(
      fc.property(someTexts, someEdit, fc.array(someEdit, { maxLength: 12 }), (text, mine, others) => {
        const edit = mine(text.length, text);
        const committed: Edit[] = [];
        let current = text;
        for (const other of others) {
          const change = other(current.length, current);
          committed.push(change);
          current = applyToString(current, change);
        }
        const expected = committed.reduce<Edit>((result, over) => transform(result, over, 'left'), edit);
        expect(rebase(edit, committed)).toEqual(expected);
        if (expected !== edit) moved += 1;
      }),
      parameters,
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('leaves what it was given as it was', () => {
    const edit: Edit = Object.freeze([5, 'x']);
    expect(rebase(edit, [[2, 'a'], [-1]])).toEqual([5, 'x']);
    expect(rebase(edit, [[2, 'a']])).toEqual([6, 'x']);
    expect(edit).toEqual([5, 'x']);
  });

  it('puts what is committed later to the left where both insert at one place', () => {
    expect(
      rebase(
        [4, 'late'],
        [
          [4, 'early'],
          [2, 'before'],
          [40, 'behind'],
        ],
      ),
    ).toEqual([10, 'late']);
  });
});
