import { expect, test } from 'vitest';
import { GOALS } from '../goals.ts';
import { WORKLOADS } from '../workloads/workloads.ts';
import { chartsOf } from './charts.ts';
import { METRICS } from './metrics.ts';
import { resultsOf, type Result } from './results.ts';
import { verdictsOn } from './verdicts.ts';

function hot(server: string, ...rounds: number[]): Result[] {
  return resultsOf(rounds.map((changesPerSecond) => ({ workload: 'hot-2', server, metrics: { changesPerSecond } })));
}

test('a goal is judged by the medians of one run, and stays open where something was not measured', () => {
  const judged = (...results: Result[][]) => verdictsOn(results.flat()).map(({ measured, isMet }) => [measured, isMet]);
  expect(judged(hot('weft', 60, 100, 80), hot('durable relay', 100))).toEqual([['0.8×', true]]);
  expect(judged(hot('weft', 69), hot('durable relay', 100))).toEqual([['0.69×', false]]);
  expect(judged(hot('weft', 69))).toEqual([['–', undefined]]);
});

test('a void round is told and does not count', () => {
  const [result] = resultsOf([
    { workload: 'hot-2', server: 'weft', failure: 'a reason' },
    { workload: 'hot-2', server: 'weft', metrics: { changesPerSecond: 5 } },
  ]);
  expect(result).toMatchObject({ failures: ['a reason'], medians: { changesPerSecond: 5 } });
});

test('goals are about work that is measured, and find only figures that have a name', () => {
  const workloads = new Set(WORKLOADS.map(({ name }) => name));
  for (const [workload, goals] of Object.entries(GOALS)) {
    expect(workloads).toContain(workload);
    for (const goal of goals) {
      goal.measured((other, _server, metric) => {
        expect(workloads).toContain(other);
        expect(Object.keys(METRICS)).toContain(metric);
        return 1;
      }, workload);
    }
  }
});

test('a chart shows every server with its figure', () => {
  const [chart] = chartsOf([...hot('weft', 1234), ...hot('a <relay>', 5)]);
  expect(chart!.svg).toContain('1,234/s');
  expect(chart!.svg).toContain('hot-2, a &lt;relay>');
});
