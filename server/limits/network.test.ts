import { expect, it } from 'vitest';
import { countedNetwork, isLoopback, networkOf } from './network.ts';

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

it.each([
  ['somebody from elsewhere', '2001:db8::1', undefined, false, '2001:db8:0:0'],
  ['whoever says that they forward', '203.0.113.7', '198.51.100.1', false, '203.0.113.7'],
  ['a program on this machine', '127.0.0.1', undefined, false, '127.0.0.1'],
  ['a proxy on this machine that nobody told of', '127.0.0.1', '203.0.113.7', false, undefined],
  ['whom a trusted proxy names', '203.0.113.7', '203.0.113.7', true, '203.0.113.7'],
  ['a trusted proxy that names this machine', '127.0.0.1', '127.0.0.1', true, '127.0.0.1'],
])('L5 counts %s', (_name, ip, forwarded, trustsProxy, network) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(countedNetwork({ ip, headers }, trustsProxy)).toBe(network);
});
