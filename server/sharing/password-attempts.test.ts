import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/manual-clock.ts';
import { PasswordAttempts } from './password-attempts.ts';

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

it('remembers a bounded number of addresses, those that try now among them', () => {
  const attempts = new PasswordAttempts(1, new ManualClock());
  attempts.take(['address a']);
  for (let other = 0; other < 9_999; other += 1) attempts.take([`address ${other}`]);
  expect(attempts.take(['address a'])).toBe(MINUTE);
  for (let other = 10_000; other < 20_000; other += 1) attempts.take([`address ${other}`]);
  expect(attempts.take(['address a'])).toBeUndefined();
});
