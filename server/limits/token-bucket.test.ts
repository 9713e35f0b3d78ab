import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { TokenBucket } from './token-bucket.ts';

const taken = (bucket: TokenBucket, clock: ManualClock, tries: number): number => {
  let count = 0;
  for (let index = 0; index < tries; index += 1) if (bucket.take(clock)) count += 1;
  return count;
};

it('gives its capacity at once, then its rate', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(10, 5, clock.monotonic());
  expect(taken(bucket, clock, 100)).toBe(10);
  expect(bucket.wait).toBe(200);
  clock.advance(199);
  expect(bucket.take(clock)).toBe(false);
  clock.advance(1);
  expect(bucket.take(clock)).toBe(true);
  clock.advance(3000);
  expect(taken(bucket, clock, 100)).toBe(10);
});

it('never holds more than its capacity, and never gives more than twice that at once', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(10, 5, clock.monotonic());
  expect(taken(bucket, clock, 9)).toBe(9);
  clock.advance(1_000_000);
  expect(taken(bucket, clock, 100)).toBe(11);
});

it('knows when forgetting it loses nothing', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(2, 1, clock.monotonic());
  expect(bucket.isFull(clock.monotonic())).toBe(true);
  bucket.take(clock);
  expect(bucket.isFull(clock.monotonic())).toBe(false);
  expect(bucket.isFull(clock.monotonic() + 1000)).toBe(true);
});
