import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, isCanonical, PROPERTY_RUNS, respectsPairs, someDecisions, someText } from '../testing/edits.ts';
import { applyToString, compose, fold, insertedText, type Edit } from './edit.ts';
import { operationsFromEdit } from './operation.ts';
import { postponeDeletions, splitEdit } from './split-edit.ts';

const seed = 20261122;
const parameters = { seed, numRuns: PROPERTY_RUNS };

const someBudget = fc.record({ units: fc.integer({ min: 2, max: 9 }), sites: fc.integer({ min: 1, max: 4 }) });
const someEdit = fc.tuple(someText, someDecisions).map(([text, decisions]) => ({
  text,
  edit: editFrom(text, decisions),
}));

describe(`an edit cut by a budget (seed ${seed})`, () => {
  it('is what its two parts do in a row; the first keeps the budget and no pair is cut', () => {
    fc.assert(
      fc.property(someEdit, someBudget, ({ text, edit }, budget) => {
        const { first, rest } = splitEdit(edit, budget);
        expect(compose(first, rest)).toEqual(edit);
        expect(insertedText(first).length).toBeLessThanOrEqual(budget.units);
        expect(operationsFromEdit(first).length).toBeLessThanOrEqual(budget.sites);
        expect(isCanonical(first) && isCanonical(rest)).toBe(true);
        expect(respectsPairs(first, text)).toBe(true);
        expect(respectsPairs(rest, applyToString(text, first))).toBe(true);
      }),
      parameters,
    );
  });

  it('keeps all insertions in the first part where only deletions are postponed', () => {
    fc.assert(
      fc.property(someEdit, fc.integer({ min: 0, max: 6 }), ({ text, edit }, sites) => {
        const { first, rest } = postponeDeletions(edit, sites);
        expect(compose(first, rest)).toEqual(edit);
        expect(insertedText(first)).toBe(insertedText(edit));
        expect(insertedText(rest)).toBe('');
        const insertions = edit.filter((part) => typeof part === 'string').length;
        expect(operationsFromEdit(first).length).toBeLessThanOrEqual(Math.max(insertions, sites));
        expect(isCanonical(first) && isCanonical(rest)).toBe(true);
        expect(respectsPairs(first, text)).toBe(true);
        expect(respectsPairs(rest, applyToString(text, first))).toBe(true);
      }),
      parameters,
    );
  });

  it('comes to an end, and nothing is lost on the way', () => {
    fc.assert(
      fc.property(someEdit, someBudget, ({ edit }, budget) => {
        const parts: Edit[] = [];
        let left = edit;
        while (left.length > 0) {
          const { first, rest } = splitEdit(left, budget);
          expect(first.length).toBeGreaterThan(0);
          parts.push(first);
          left = rest;
        }
        expect(fold(parts)).toEqual(edit);
      }),
      parameters,
    );
  });

  it('stays whole where all of it fits', () => {
    fc.assert(
      fc.property(someEdit, ({ edit }) => {
        expect(splitEdit(edit, { units: 1000, sites: 1000 })).toEqual({ first: edit, rest: [] });
      }),
      parameters,
    );
  });

  it('is cut at the last place that fits', () => {
    expect(splitEdit(['a😀b', -1, 3, 'cd'], { units: 2, sites: 9 })).toEqual({
      first: ['a'],
      rest: [1, '😀b', -1, 3, 'cd'],
    });
    expect(splitEdit(['ab', -1, 3, 'cd', 1, -2], { units: 9, sites: 2 })).toEqual({
      first: ['ab', -1, 3, 'cd'],
      rest: [8, -2],
    });
  });
});
