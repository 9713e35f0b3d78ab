import { expect, it } from 'vitest';
import { lineBreakIn } from './list-continuation.ts';

it.each([
  ['plain text', 5, '\n'],
  ['  indented', 10, '\n  '],
  ['  indented', 1, '\n '],
  ['- item', 6, '\n- '],
  ['- item', 4, '\n- '],
  ['- item', 0, '\n'],
  ['  * item', 8, '\n  * '],
  ['9. nine', 7, '\n10. '],
  ['1) one', 6, '\n2) '],
  ['> quote', 7, '\n> '],
  ['- [x] done', 10, '\n- [ ] '],
  ['-no list', 8, '\n'],
  ['2026. was a year', 16, '\n2027. '],
])('Enter in %j at %i inserts %j', (line, column, insert) => {
  expect(lineBreakIn(line, column)).toEqual({ kind: 'break', insert });
});

it.each([
  ['- ', 2],
  ['  3. ', 5],
  ['- [ ] ', 6],
])('Enter in the empty item %j ends the list', (line, markerLength) => {
  expect(lineBreakIn(line, line.length)).toEqual({ kind: 'end-list', markerLength });
});
