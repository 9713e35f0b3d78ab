import { expect, it } from 'vitest';
import { lineStart, taskOn } from './tasks.ts';

it.each([
  ['- [ ] a', 0, 3],
  ['text\n* [x] a', 1, 8],
  ['1. [X] a', 0, 4],
  ['> - [ ] a', 0, 5],
  ['- a\n  1. - [ ] b', 1, 12],
])('finds the task of %j', (text, line, position) => {
  expect(taskOn(text, line)).toEqual({ position, sign: text[position] });
});

it.each(['[ ] a', '- [] a', '- [y] a', '- [ ]a', 'a - [ ] b', ''])('%j is no task', (text) => {
  expect(taskOn(text, 0)).toBeUndefined();
});

it('a line beyond the end begins at the end', () => {
  expect([0, 1, 2, 3].map((line) => lineStart('ab\nc\n', line))).toEqual([0, 3, 5, 5]);
});
