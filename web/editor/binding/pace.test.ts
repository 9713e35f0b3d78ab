import { expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { Pace } from './pace.ts';

function counting(): { clock: ManualClock; pace: Pace; runs: () => number } {
  const clock = new ManualClock();
  let runs = 0;
  const pace = new Pace(clock, 50, () => (runs += 1));
  return { clock, pace, runs: () => runs };
}

it('runs once, in the next task, for all that was asked in this one', () => {
  const { clock, pace, runs } = counting();
  pace.soon();
  pace.soon();
  expect(runs()).toBe(0);
  clock.advance(0);
  expect(runs()).toBe(1);
  clock.advance(1000);
  expect(runs()).toBe(1);
});

it('does together what is asked for within the period', () => {
  const { clock, pace, runs } = counting();
  pace.soon();
  clock.advance(0);
  for (let asked = 0; asked < 10; asked += 1) {
    pace.soon();
    clock.advance(10);
  }
  expect(runs()).toBe(3);
  clock.advance(50);
  expect(runs()).toBe(3);
});

it('runs at once again after a rest', () => {
  const { clock, pace, runs } = counting();
  pace.soon();
  clock.advance(50);
  pace.soon();
  clock.advance(0);
  expect(runs()).toBe(2);
});

it('can be stopped', () => {
  const { clock, pace, runs } = counting();
  pace.soon();
  pace.stop();
  clock.advance(1000);
  expect(runs()).toBe(0);
});
