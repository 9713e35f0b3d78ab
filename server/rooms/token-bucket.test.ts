import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/manual-clock.ts';
import { TokenBucket } from './token-bucket.ts';

const taken = (bucket: TokenBucket, clock: ManualClock, tries: number): number => {
  let count = 0;
  for (let index = 0; index < tries; index += 1) if (bucket.take(clock)) count += 1;
  return count;
};

it('gives its capacity at once, then its rate', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(10, 5, clock.now());
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
  const bucket = new TokenBucket(10, 5, clock.now());
  expect(taken(bucket, clock, 9)).toBe(9);
  clock.advance(1_000_000);
  expect(taken(bucket, clock, 100)).toBe(11);
});

it('gives nothing for a clock that was set back, and goes on with it', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(1, 1, clock.now());
  expect(bucket.take(clock)).toBe(true);
  const earlier = new ManualClock(clock.now() - 86_400_000);
  expect(bucket.take(earlier)).toBe(false);
  earlier.advance(1000);
  expect(bucket.take(earlier)).toBe(true);
});

it('knows when forgetting it loses nothing', () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket(2, 1, clock.now());
  expect(bucket.isFull(clock.now())).toBe(true);
  bucket.take(clock);
  expect(bucket.isFull(clock.now())).toBe(false);
  expect(bucket.isFull(clock.now() + 1000)).toBe(true);
});
