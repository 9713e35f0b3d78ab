import { expect, it } from 'vitest';
import { marked } from './marked.ts';

const shown = (text: string, ranges: readonly (readonly [number, number])[]): string =>
  marked(text, ranges)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

it.each([
  ['plans', [], 'plans'],
  ['plans', [[0, 5]], '[plans]'],
  [
    'my plans, your plans',
    [
      [3, 8],
      [15, 20],
    ],
    'my [plans], your [plans]',
  ],
  ['회의록', [[0, 2]], '[회의]록'],
  [
    'ab',
    [
      [0, 1],
      [1, 2],
    ],
    '[a][b]',
  ],
  ['', [], ''],
] as const)('marks in %j', (text, ranges, expected) => expect(shown(text, ranges)).toBe(expected));
