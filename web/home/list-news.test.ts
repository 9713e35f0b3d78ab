import { expect, it } from 'vitest';
import { listedDocument } from '../testing/listed-document.ts';
import type { Sort } from './home-query.ts';
import { joined, newsIn, told } from './list-news.ts';

/** Documents a1 b2: each a letter, and the time of its last change. */
const list = (text: string) =>
  text
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => listedDocument(one[0]!, Number(one.slice(1))));
const shown = (known: string, first: string, sort: Sort = 'edited'): string =>
  joined(list(known), list(first), sort)
    .map(({ id }) => id)
    .join('');

it.each([
  ['d4 c3 b2 a1', 'e5 d4', 'edcba'],
  ['d4 c3 b2 a1', 'a6 d4', 'adcb'],
  ['d4 c3 b2 a1', 'd4 b2', 'dba'],
  ['d4 c3 b2', 'd4 b2 a1', 'dba'],
  ['d4 c3', '', ''],
])('what was %s, read again as %s from the first page on, is %s', (known, first, expected) =>
  expect(shown(known, first)).toBe(expected),
);

it('titles stay where they may be behind the page that was read', () => {
  expect(shown('a1 b9 d2 e5', 'a1 c7', 'title')).toBe('acde');
});

it.each([
  ['c3 b2 a1', 'c3 b2 a1', 0],
  ['c3 b2 a1', 'd4 c3 b2 a1', 1],
  ['c3 b2 a1', 'a5 c3 b2', 1],
  ['c3 b2 a1', 'd6 a5 c3 b2', 2],
  ['c3 b2 a1', 'c3 a1', 0],
  ['c3 b2 a1', 'b5 c3 a1', 1],
])('of %s and %s news are counted', (known, next, count) => expect(newsIn(list(known), list(next))).toBe(count));

it('what is known anew does not move anything', () => {
  expect(told(list('c3 b2 a1'), list('a9 d8 c3')).map(({ id, updatedAt }) => `${id}${updatedAt}`)).toEqual([
    'c3',
    'b2',
    'a9',
  ]);
});
