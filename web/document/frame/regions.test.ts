import { expect, it } from 'vitest';
import { regionAfter, type Region } from './regions.ts';

const ALL: Region[] = ['side', 'text', 'bar', 'band'];

it.each<[Region[], Region | undefined, 1 | -1, Region | undefined]>([
  [ALL, 'bar', 1, 'band'],
  [ALL, 'band', 1, 'text'],
  [ALL, 'text', 1, 'side'],
  [ALL, 'side', 1, 'bar'],
  [ALL, 'bar', -1, 'side'],
  [['bar', 'text'], 'bar', 1, 'text'],
  [['bar', 'text'], 'text', 1, 'bar'],
  [['bar', 'text'], undefined, 1, 'bar'],
  [['bar', 'text'], undefined, -1, 'text'],
  [['bar', 'text'], 'side', 1, 'bar'],
  [[], undefined, 1, undefined],
])('of %j, from %s by %i: %s', (there, current, step, next) => {
  expect(regionAfter(there, current, step)).toBe(next);
});
