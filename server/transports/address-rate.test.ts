import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { AddressRate } from './address-rate.ts';

it('L5 lets as many in as it may, and others untouched', () => {
  const clock = new ManualClock();
  const rate = new AddressRate(5, clock);
  const waits = Array.from({ length: 7 }, () => rate.take('2001:db8:0:0'));
  expect(waits).toEqual([0, 0, 0, 0, 0, 2000, 2000]);
  expect(rate.take('203.0.113.7')).toBe(0);
  clock.advance(2000);
  expect(rate.take('2001:db8:0:0')).toBe(0);
});

it('L5 forgets no address, however many others come', () => {
  const rate = new AddressRate(1, new ManualClock());
  rate.take('203.0.113.7');
  for (let count = 0; count < 12_000; count += 1) rate.take(`10.0.${count >> 8}.${count & 255}`);
  expect(rate.take('203.0.113.7')).toBeGreaterThan(0);
  expect(rate.take('10.0.0.0')).toBeGreaterThan(0);
});
