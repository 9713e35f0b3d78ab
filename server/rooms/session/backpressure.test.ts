import { expect, it } from 'vitest';
import { Backpressure } from './backpressure.ts';

const at = (time: number) => ({ monotonic: () => time });
const limits = { sendBufferBytes: 1000, sendBufferTimeout: 15_000 };

it('L7 counts only what waited before a frame came', () => {
  const watch = new Backpressure(limits);
  expect(watch.isTooSlow(1000, at(0))).toBe(false);
  expect(watch.isTooSlow(1001, at(0))).toBe(true);
});

it('L7 ends after the time, not before, and starts anew whenever the reader has caught up', () => {
  const watch = new Backpressure(limits);
  expect(watch.isTooSlow(1, at(0))).toBe(false);
  expect(watch.isTooSlow(1, at(15_000))).toBe(false);
  expect(watch.isTooSlow(1, at(15_001))).toBe(true);
  expect(watch.isTooSlow(0, at(15_002))).toBe(false);
  expect(watch.isTooSlow(1, at(20_000))).toBe(false);
  expect(watch.isTooSlow(1, at(35_000))).toBe(false);
});

it('L7 keeps a reader that is always a little behind, and never for long', () => {
  const watch = new Backpressure(limits);
  for (let now = 0; now < 120_000; now += 1000) {
    expect(watch.isTooSlow(500, at(now))).toBe(false);
    watch.queued(600);
  }
});

it('L7 ends a reader that takes a byte a second', () => {
  const watch = new Backpressure(limits);
  let ended: number | undefined;
  for (let now = 0; ended === undefined; now += 1000) {
    if (watch.isTooSlow(900 - now / 1000, at(now))) ended = now;
    watch.queued(1);
  }
  expect(ended).toBe(16_000);
});

it('L7 gives a long join answer the time that it takes, and its bytes', () => {
  const watch = new Backpressure(limits);
  watch.allow(10_000);
  // A tenth of the limit a second is slower than it may be, a fifth is not.
  for (let now = 0; now <= 60_000; now += 1000) expect(watch.isTooSlow(10_000 - now / 10, at(now))).toBe(false);
  const waiting = new Backpressure(limits);
  waiting.allow(10_000);
  expect(waiting.isTooSlow(11_000, at(0))).toBe(false);
  expect(waiting.isTooSlow(11_001, at(0))).toBe(true);
});

it('L7 does not let what follows a join answer take its place', () => {
  const watch = new Backpressure(limits);
  watch.allow(10_000);
  watch.isTooSlow(2000, at(1000));
  expect(watch.isTooSlow(3000, at(2000))).toBe(false);
  expect(watch.isTooSlow(3001, at(2000))).toBe(true);
});
