import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { Debounce } from './debounce.ts';

function counting(): { clock: ManualClock; debounce: Debounce; told: () => number } {
  const clock = new ManualClock();
  let told = 0;
  return { clock, debounce: new Debounce(clock, 400, 5000, () => (told += 1)), told: () => told };
}

it('tells once, when nothing has changed for a while', () => {
  const { clock, debounce, told } = counting();
  for (let change = 0; change < 5; change += 1) {
    debounce.changed();
    clock.advance(399);
  }
  expect(told()).toBe(0);
  clock.advance(1);
  expect(told()).toBe(1);
  clock.advance(60_000);
  expect(told()).toBe(1);
});

it('tells every once in a while where it never rests', () => {
  const { clock, debounce, told } = counting();
  for (let change = 0; change <= 150; change += 1) {
    debounce.changed();
    clock.advance(100);
  }
  expect(told()).toBe(3);
});

it('can be stopped, and begins anew after that', () => {
  const { clock, debounce, told } = counting();
  debounce.changed();
  clock.advance(300);
  debounce.stop();
  clock.advance(1000);
  expect(told()).toBe(0);
  debounce.changed();
  clock.advance(400);
  expect(told()).toBe(1);
  expect(clock.pending).toBe(0);
});
