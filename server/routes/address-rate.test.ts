import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/manual-clock.ts';
import { AddressRate, isLoopback, networkOf } from './address-rate.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:DB8::2', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
])('L5 counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('L5 lets as many in as it may, and others untouched', () => {
  const clock = new ManualClock();
  const rate = new AddressRate(5, clock);
  const waits = Array.from({ length: 7 }, () => rate.take('2001:db8::1'));
  expect(waits).toEqual([0, 0, 0, 0, 0, 2000, 2000]);
  expect(rate.take('2001:db8::ffff')).toBe(2000);
  expect(rate.take('203.0.113.7')).toBe(0);
  clock.advance(2000);
  expect(rate.take('2001:db8::1')).toBe(0);
});

it('L5 remembers a bounded number of addresses, and those that still come', () => {
  const rate = new AddressRate(1, new ManualClock());
  rate.take('203.0.113.7');
  for (let count = 0; count < 20_000; count += 1) {
    rate.take(`10.0.${count >> 8}.${count & 255}`);
    if (count % 1000 === 0) expect(rate.take('203.0.113.7')).toBeGreaterThan(0);
  }
  expect(rate.take('10.0.0.0')).toBe(0);
});

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::ffff:127.0.0.1', true],
  ['::1', true],
  ['128.0.0.1', false],
  ['::2', false],
])('knows %s as this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
