import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, PROPERTY_RUNS, someDecisions, someText } from '../testing/edits.ts';
import { applyToString, replaceEdit, requiredLength, type Edit } from './edit.ts';
import { mapPosition, mapPositions, mapRange } from './position.ts';
import { transform } from './transform.ts';

const seed = 20261121;
const parameters = { seed, numRuns: PROPERTY_RUNS };
const sides = ['before', 'after'] as const;

const changed = fc.tuple(someText, someDecisions).map(([text, decisions]) => {
  const edit = editFrom(text, decisions);
  return { text, edit, result: applyToString(text, edit) };
});

/** For every unit of the text, whether the edit keeps it. */
function keptUnits(text: string, edit: Edit): boolean[] {
  const kept = edit.flatMap((part) =>
    typeof part === 'string' ? [] : Array.from({ length: Math.abs(part) }, () => part > 0),
  );
  return [...kept, ...Array.from({ length: text.length - requiredLength(edit) }, () => true)];
}

describe(`positions carried through an edit (seed ${seed})`, () => {
  it('stay in order, inside the text, and "before" never behind "after"', () => {
    fc.assert(
      fc.property(changed, ({ text, edit, result }) => {
        for (const side of sides) {
          let last = 0;
          for (let position = 0; position <= text.length; position += 1) {
            const mapped = mapPosition(position, edit, side);
            expect(mapped).toBeGreaterThanOrEqual(last);
            expect(mapped).toBeLessThanOrEqual(result.length);
            last = mapped;
          }
        }
        for (let position = 0; position <= text.length; position += 1) {
          expect(mapPosition(position, edit, 'before')).toBeLessThanOrEqual(mapPosition(position, edit, 'after'));
        }
      }),
      parameters,
    );
  });

  it('are the same in one walk for all of them', () => {
    fc.assert(
      fc.property(changed, ({ text, edit }) => {
        const all = Array.from({ length: text.length + 2 }, (_, position) => position);
        for (const side of sides) {
          expect(mapPositions(all, edit, side)).toEqual(all.map((position) => mapPosition(position, edit, side)));
        }
        expect(mapPositions([], edit)).toEqual([]);
      }),
      parameters,
    );
  });

  it('stay at the unit they touch, where it is kept', () => {
    fc.assert(
      fc.property(changed, ({ text, edit, result }) => {
        keptUnits(text, edit).forEach((kept, index) => {
          if (!kept) return;
          expect(result[mapPosition(index, edit, 'after')]).toBe(text[index]);
          expect(result[mapPosition(index + 1, edit, 'before') - 1]).toBe(text[index]);
        });
      }),
      parameters,
    );
  });

  it('never come to lie within a surrogate pair', () => {
    fc.assert(
      fc.property(changed, ({ text, edit, result }) => {
        for (let position = 0; position <= text.length; position += 1) {
          if (!text.slice(0, position).isWellFormed()) continue;
          for (const side of sides)
            expect(result.slice(0, mapPosition(position, edit, side)).isWellFormed()).toBe(true);
        }
      }),
      parameters,
    );
  });

  it('agree with where text inserted there would go', () => {
    fc.assert(
      fc.property(changed, fc.nat(), ({ text, edit }, choice) => {
        const position = choice % (text.length + 1);
        const insertion = replaceEdit(position, position, 'x');
        expect(transform(insertion, edit, 'left')).toEqual(at(mapPosition(position, edit, 'before')));
        expect(transform(insertion, edit, 'right')).toEqual(at(mapPosition(position, edit, 'after')));
      }),
      parameters,
    );
  });

  it('do not move through an edit that changes nothing, and a caret stays a caret', () => {
    fc.assert(
      fc.property(changed, fc.nat(), fc.constantFrom(...sides), ({ text, edit }, choice, side) => {
        const position = choice % (text.length + 1);
        expect(mapPosition(position, [], side)).toBe(position);
        const { anchor, head } = mapRange({ anchor: position, head: position }, edit, side);
        expect(head).toBe(anchor);
        const range = mapRange({ anchor: text.length, head: position }, edit, side);
        expect(range).toEqual({
          anchor: mapPosition(text.length, edit, side),
          head: mapPosition(position, edit, side),
        });
      }),
      parameters,
    );
  });
});

function at(position: number): Edit {
  return replaceEdit(position, position, 'x');
}
