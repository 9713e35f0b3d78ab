import { expect, it } from 'vitest';
import { NetworkQueue } from './network-queue.ts';

it('takes networks in turn, each in the order in which its items came', () => {
  const queue = new NetworkQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.add('a', item);
  for (const item of ['b1', 'b2']) queue.add('b', item);
  expect(queue.length).toBe(5);
  expect(Array.from({ length: 6 }, () => queue.take())).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', undefined]);
  expect(queue.length).toBe(0);
});

it('forgets what need not wait any more, and what never waited', () => {
  const queue = new NetworkQueue<string>();
  queue.add('a', 'a1');
  queue.add('a', 'a2');
  queue.drop('a', 'a1');
  queue.drop('a', 'a1');
  queue.drop('b', 'b1');
  expect([queue.length, queue.take(), queue.take()]).toEqual([1, 'a2', undefined]);
});
