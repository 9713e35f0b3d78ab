import { expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { ChangeStamps } from './batch-planner.ts';

const HOUR = 3_600_000;

it('V2 stamps follow the machine’s time, and never go back with it', () => {
  const clock = new ManualClock();
  const begun = clock.now();
  const stamps = new ChangeStamps(clock);
  clock.advance(1000);
  expect(stamps.after(begun)).toBe(begun + 1000);
  stamps.adopted();
  clock.setBy(-HOUR);
  expect(stamps.after(begun + 1000)).toBe(begun + 1000);
  clock.setBy(2 * HOUR);
  expect(stamps.after(begun + 1000)).toBe(begun + 1000 + HOUR);
});

it('V2 stamps that are ahead of the machine’s time go on at half its pace, and meet it', () => {
  const clock = new ManualClock();
  const stamps = new ChangeStamps(clock);
  stamps.adopted();
  let last = clock.now();
  clock.setBy(-HOUR);
  let rounds = 0;
  for (; last > clock.now(); rounds += 1) {
    clock.advance(60_000);
    const next = stamps.after(last);
    stamps.adopted();
    expect(next > last || next === clock.now()).toBe(true);
    last = next;
  }
  expect(rounds).toBe(119);
  clock.advance(1000);
  expect(stamps.after(last)).toBe(clock.now());
});

it('V3 the version after a restored backup has another stamp, also where the machine’s time is behind', () => {
  // Two histories that go on from one version, each by a server that has just opened the document.
  const stamps = new Set<number>();
  for (let history = 0; history < 100; history += 1) stamps.add(new ChangeStamps(new ManualClock()).after(2e12));
  expect(stamps.size).toBeGreaterThan(50);
});
