import { expect, test } from 'vitest';
import { WAYS } from '../browser/host-page.ts';
import { METRICS } from '../report/metrics.ts';
import { figuresOf } from './embed-first.ts';

const opening = (first: number, ready?: number) => ({ first, all: first, ready });

test('the first visit and the last one count, those between them do not', () => {
  const visits = [30, 10, 20].map((ms) => [opening(ms, ms - 1), opening(999), opening(ms / 10)]);
  expect(figuresOf('element', visits)).toEqual({
    elementFirst: 20,
    elementFirstP95: 30,
    elementReady: 19,
    elementAgain: 2,
    elementAgainP95: 3,
  });
});

test('every figure has a name that people read', () => {
  for (const way of WAYS)
    for (const name of Object.keys(figuresOf(way, [[opening(1, way === 'element' ? 1 : undefined)]])))
      expect(Object.keys(METRICS)).toContain(name);
});
