import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { PasswordAttempts } from './share-links.ts';

const MINUTE = 60_000;

it('N4 lets so many tries pass at once, and one more whenever its share of a minute is over', () => {
  const clock = new ManualClock();
  const attempts = new PasswordAttempts(3, clock);
  const take = () => attempts.take(['address a', 'link l']);
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, MINUTE / 3]);
  clock.advance(MINUTE / 3 - 1);
  expect(take()).toBe(1);
  clock.advance(1);
  expect([take(), take()]).toEqual([undefined, MINUTE / 3]);
  clock.advance(100 * MINUTE);
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, MINUTE / 3]);
});

it('N4 counts for each address and for each link, and takes nothing where one of them is used up', () => {
  const attempts = new PasswordAttempts(1, new ManualClock());
  expect(attempts.take(['address a', 'link l'])).toBeUndefined();
  expect(attempts.take(['address a', 'link m'])).toBe(MINUTE);
  expect(attempts.take(['address b', 'link l'])).toBe(MINUTE);
  expect(attempts.take(['address b', 'link m'])).toBeUndefined();
});

it('N4 costs nothing where the password was right', () => {
  const attempts = new PasswordAttempts(1, new ManualClock());
  for (let time = 0; time < 5; time += 1) {
    expect(attempts.take(['address a'])).toBeUndefined();
    attempts.giveBack(['address a']);
  }
  expect(attempts.take(['address a'])).toBeUndefined();
  expect(attempts.take(['address a'])).toBe(MINUTE);
});

it('N4 forgets no count, however many others try elsewhere, and forgives in time', () => {
  const clock = new ManualClock();
  const attempts = new PasswordAttempts(10, clock);
  const tried = ['address a', 'link l'];
  for (let count = 0; count < 10; count += 1) expect(attempts.take(tried)).toBeUndefined();
  for (let other = 0; other < 10_050; other += 1) attempts.take([`address ${other}`, `link ${other}`]);
  expect(attempts.take(tried)).toBeGreaterThanOrEqual(MINUTE / 10);
  clock.advance(2 * MINUTE);
  for (let count = 0; count < 10; count += 1) expect(attempts.take(tried)).toBeUndefined();
  expect(attempts.take(tried)).toBe(MINUTE / 10);
});
