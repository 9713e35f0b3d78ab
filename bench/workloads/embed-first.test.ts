import { expect, test } from 'vitest';
import { WAYS } from '../browser/host-page.ts';
import { METRICS } from '../report/metrics.ts';
import { figuresOf } from './embed-first.ts';

const opening = (first: number, ready?: number) => ({ first, all: first, ready, cpu: first * 2 });

test('newcomers and the regular count apart', () => {
  const visits = [30, 10, 20].map((ms) => ({ first: opening(ms, ms - 1), again: opening(ms / 10) }));
  expect(figuresOf('element', visits)).toEqual({
    elementFirst: 20,
    elementFirstP95: 30,
    elementReady: 19,
    elementCpu: 40,
    elementAgain: 2,
    elementAgainP95: 3,
  });
});

test('every figure has a name that people read', () => {
  for (const way of WAYS) {
    const one = opening(1, way === 'element' ? 1 : undefined);
    expect(Object.keys(METRICS)).toEqual(
      expect.arrayContaining(Object.keys(figuresOf(way, [{ first: one, again: one }]))),
    );
  }
});
