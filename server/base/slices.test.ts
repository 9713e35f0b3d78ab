import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { Slices } from './slices.ts';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Two who go on in slices of so many milliseconds for ever, and who went when. */
function goingOn(clock: ManualClock, slice: number): string[] {
  const slices = new Slices(clock);
  const done: string[] = [];
  const go = async (name: string): Promise<void> => {
    for (let count = 0; count < 10; count += 1) {
      await slices.next();
      done.push(name);
      clock.advance(slice);
    }
  };
  void go('a');
  void go('b');
  return done;
}

it('lets one go on per turn of the loop, and each in its turn', async () => {
  const done = goingOn(new ManualClock(), 0);
  for (let count = 0; count < 4; count += 1) await turn();
  expect(done.length).toBeLessThanOrEqual(4);
  for (let count = 0; count < 40; count += 1) await turn();
  expect(done.join('')).toBe('ab'.repeat(10));
});

it('rests after a slice for as long as it took', async () => {
  const clock = new ManualClock();
  const done = goingOn(clock, 5);
  for (let count = 0; count < 10; count += 1) await turn();
  expect(done).toEqual(['a']);
  clock.advance(4);
  for (let count = 0; count < 10; count += 1) await turn();
  expect(done).toEqual(['a']);
  clock.advance(1);
  for (let count = 0; count < 10; count += 1) await turn();
  expect(done).toEqual(['a', 'b']);
});
