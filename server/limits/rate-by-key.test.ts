import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { RateByKey, SharedBuckets } from './rate-by-key.ts';

const take = (buckets: SharedBuckets, key: string, amount?: number): number => buckets.take([key], amount);

it('gives each key its capacity at once, then its rate, and never more than its capacity', () => {
  const clock = new ManualClock();
  const buckets = new SharedBuckets(3, 0.01, clock);
  expect(Array.from({ length: 5 }, () => take(buckets, 'a'))).toEqual([0, 0, 0, 100, 100]);
  expect(take(buckets, 'b')).toBe(0);
  clock.advance(99);
  expect(take(buckets, 'a')).toBe(1);
  clock.advance(1);
  expect([take(buckets, 'a'), take(buckets, 'a')]).toEqual([0, 100]);
  clock.advance(1e9);
  expect(Array.from({ length: 4 }, () => take(buckets, 'a'))).toEqual([0, 0, 0, 100]);
});

it('takes more than a bucket holds from a full one only, and has it owed', () => {
  const clock = new ManualClock();
  const buckets = new SharedBuckets(10, 1, clock);
  expect([take(buckets, 'a', 30), take(buckets, 'a')]).toEqual([0, 21]);
  clock.advance(29);
  expect([take(buckets, 'a', 30), take(buckets, 'a', 9)]).toEqual([1, 0]);
});

it('takes from all of several keys or from none, and is given back what was none', () => {
  const buckets = new SharedBuckets(1, 0.001, new ManualClock());
  expect(buckets.take(['a', 'b'])).toBe(0);
  expect(buckets.take(['b', 'c'])).toBe(1000);
  buckets.giveBack(['a', 'b']);
  buckets.giveBack(['a', 'b']);
  expect([take(buckets, 'a'), take(buckets, 'a'), take(buckets, 'c')]).toEqual([0, 1000, 0]);
});

it('forgets nobody, and counts few too hard, while thousands come', () => {
  const buckets = new SharedBuckets(10, 0.001, new ManualClock());
  for (let count = 0; count < 10; count += 1) take(buckets, 'used up');
  let refused = 0;
  for (let other = 0; other < 20_000; other += 1) if (take(buckets, `other ${other}`) > 0) refused += 1;
  expect(refused).toBe(0);
  expect(take(buckets, 'used up')).toBeGreaterThan(0);
});

it('goes by time that passed, not by what the machine says the time is', () => {
  const clock = new ManualClock();
  const buckets = new SharedBuckets(1, 0.001, clock);
  expect(take(buckets, 'a')).toBe(0);
  clock.setBy(86_400_000);
  expect(take(buckets, 'a')).toBe(1000);
  clock.setBy(-2 * 86_400_000);
  clock.advance(1000);
  expect(take(buckets, 'a')).toBe(0);
});

it('L5 lets as many in as it may, and others untouched', () => {
  const clock = new ManualClock();
  const rate = RateByKey.within(5, 10, clock);
  const waits = Array.from({ length: 7 }, () => rate.take('2001:db8:0:0'));
  expect(waits).toEqual([0, 0, 0, 0, 0, 2000, 2000]);
  expect(rate.take('203.0.113.7')).toBe(0);
  clock.advance(2000);
  expect(rate.take('2001:db8:0:0')).toBe(0);
});

it('L5 forgets no address, however many others come', () => {
  const rate = RateByKey.within(1, 10, new ManualClock());
  rate.take('203.0.113.7');
  for (let count = 0; count < 12_000; count += 1) rate.take(`10.0.${count >> 8}.${count & 255}`);
  expect(rate.take('203.0.113.7')).toBeGreaterThan(0);
  expect(rate.take('10.0.0.0')).toBeGreaterThan(0);
});
