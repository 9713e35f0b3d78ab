import { expect, test } from 'vitest';
import { Branches } from './branches.ts';
import { readTrace } from './trace.ts';

test('the branches of the concurrent trace end in the text that the trace promises', () => {
  const trace = readTrace('bench/traces/concurrent-friendsforever.json.gz');
  const branches = new Branches(trace.agents);
  const all = new Array<number>(trace.agents).fill(0);
  for (const transaction of trace.transactions) {
    branches.see(transaction.agent, transaction.seen);
    branches.type(transaction);
    all[transaction.agent]! += 1;
  }
  expect(trace.transactions).toHaveLength(26_078);
  expect(all).toEqual([12_124, 13_954]);
  for (const agent of [0, 1]) {
    branches.see(agent, all);
    expect(branches.text(agent)).toBe(trace.endContent);
  }
});
