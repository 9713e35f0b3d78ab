import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { ReadProgress } from './read-progress.ts';

const MUCH = 65_536;

function watched() {
  const clock = new ManualClock();
  const asked: string[] = [];
  const watch: ReadProgress = new ReadProgress(clock, () => void asked.push(watch.mark));
  return { clock, asked, watch };
}

it('L7 asks after 64 KiB, not twice before the answer, and at most four times a second', () => {
  const { clock, asked, watch } = watched();
  watch.wrote(MUCH - 1);
  expect(asked).toEqual([]);
  watch.wrote(1);
  watch.wrote(MUCH);
  expect(asked).toEqual([`${MUCH}`]);
  watch.answered(asked[0]!);
  watch.wrote(1);
  expect(asked).toHaveLength(1);
  clock.advance(250);
  watch.wrote(1);
  expect(asked).toEqual([`${MUCH}`, `${2 * MUCH + 2}`]);
});

it('L7 finds a reader behind that owes an answer for 100 ms, or twice as long as its last one took', () => {
  const { clock, asked, watch } = watched();
  watch.wrote(MUCH);
  clock.advance(100);
  expect(watch.isBehind).toBe(false);
  clock.advance(1);
  expect(watch.isBehind).toBe(true);
  clock.advance(199);
  watch.answered(asked[0]!);
  expect(watch.isBehind).toBe(false);

  // This one is far away: 300 ms.
  watch.wrote(MUCH);
  expect(asked).toHaveLength(2);
  clock.advance(600);
  expect(watch.isBehind).toBe(false);
  clock.advance(1);
  expect(watch.isBehind).toBe(true);
});

it('L7 takes the answer to a later ping for all before it, and none that answers an earlier one', () => {
  const { clock, watch } = watched();
  const early = watch.mark;
  watch.wrote(MUCH);
  watch.wrote(5);
  clock.advance(1000);
  watch.answered(early);
  expect(watch.isBehind).toBe(true);
  watch.answered(watch.mark);
  expect(watch.isBehind).toBe(false);
});

it('L7 lets nobody claim what was not written, or anything else', () => {
  const { clock, asked, watch } = watched();
  for (const mark of ['', 'x', '-1', 'NaN', 'Infinity', '1e99']) watch.answered(mark);
  watch.wrote(MUCH);
  clock.advance(1000);
  expect(asked).toHaveLength(1);
  expect(watch.isBehind).toBe(true);
});
