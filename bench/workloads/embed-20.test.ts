import { expect, test } from 'vitest';
import { METRICS } from '../report/metrics.ts';
import { elementFigures, type ElementsPage } from './embed-20.ts';

const pageOf = (elements: number, heap: number): ElementsPage => ({
  elements,
  heap,
  all: elements * 10,
  sockets: elements,
  sheets: 2,
  painted: [1, 2, 3].map((ms) => ms * elements),
});

test('memory of an element is what each one more takes, not the code that all share', () => {
  const figures = elementFigures({
    one: [5, 9, 7].map((more) => pageOf(1, 4_000_000 + more)),
    twenty: [pageOf(20, 4_000_007 + 19 * 2048)],
    twentySame: [pageOf(20, 4_000_007 + 19 * 1024)],
  });
  expect(figures).toMatchObject({ kibPerElement: 2, kibPerElementSame: 1, twentyAll: 200, paintedTwentyP50: 40 });
  expect(Object.keys(METRICS)).toEqual(expect.arrayContaining(Object.keys(figures)));
});
