import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, PROPERTY_RUNS, someDecisions, someText } from '../testing/edits.ts';
import { applyToString, replaceEdit, requiredLength, type Edit } from './edit.ts';
import { caretSide, clampRanges, mapPosition, mapPositions, mapRange, positionBefore } from './position.ts';
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

  it('come back from behind it: exactly in kept text, and from inserted text to the place of its insertion', () => {
    fc.assert(
      fc.property(changed, ({ text, edit, result }) => {
        keptUnits(text, edit).forEach((kept, index) => {
          if (!kept) return;
          for (const side of sides) expect(positionBefore(mapPosition(index + 1, edit, side), edit)).toBe(index + 1);
        });
        let last = 0;
        for (let position = 0; position <= result.length; position += 1) {
          const before = positionBefore(position, edit);
          expect(before).toBeGreaterThanOrEqual(last);
          expect(before).toBeLessThanOrEqual(text.length);
          expect(mapPosition(before, edit, 'before')).toBeLessThanOrEqual(position);
          expect(mapPosition(before, edit, 'after')).toBeGreaterThanOrEqual(position);
          last = before;
        }
      }),
      parameters,
    );
  });
});

it.each<[Edit, [position: number, before: number][]]>([
  [[], [[3, 3]]],
  [
    [2, 'abc'],
    [
      [1, 1],
      [2, 2],
      [4, 2],
      [5, 2],
      [6, 3],
    ],
  ],
  [
    [2, -3],
    [
      [2, 2],
      [3, 6],
    ],
  ],
  [
    [2, 'ab', -3],
    [
      [3, 2],
      [4, 2],
      [5, 6],
    ],
  ],
])('positions behind %j come from where they were', (edit, positions) => {
  for (const [position, before] of positions) expect(positionBefore(position, edit)).toBe(before);
});

it('a caret goes behind what its owner inserts and stays in front of what others do', () => {
  const caret = { anchor: 2, head: 2 };
  const through = (isOwn: boolean) => mapRange(caret, [2, 'abc'], caretSide(isOwn));
  expect([through(true), through(false)]).toEqual([{ anchor: 5, head: 5 }, caret]);
});

it('ranges are moved into a shorter text', () => {
  const ranges = [
    { anchor: 1, head: 9 },
    { anchor: 9, head: 4 },
  ];
  expect(clampRanges(ranges, 5)).toEqual([
    { anchor: 1, head: 5 },
    { anchor: 5, head: 4 },
  ]);
  expect(clampRanges([], 5)).toEqual([]);
});

function at(position: number): Edit {
  return replaceEdit(position, position, 'x');
}
