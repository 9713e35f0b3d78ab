import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { endWords, expiryTime, fieldTime } from './link-expiry.ts';

beforeAll(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));
afterAll(() => vi.unstubAllGlobals());

const NOW = new Date('2026-11-25T12:00').getTime();

describe('expiryTime', () => {
  it.each([
    ['never', '', undefined],
    ['hour', '', NOW + 3_600_000],
    ['month', '', NOW + 30 * 86_400_000],
    ['chosen', '2026-11-25T12:01', NOW + 60_000],
  ] as const)('%s %s', (expiry, chosen, at) => {
    expect(expiryTime(expiry, chosen, NOW)).toEqual({ at });
  });

  it.each([
    ['', 'Choose when the link ends.'],
    ['2026-11-25T12:00', 'The end must be in the future.'],
  ])('a chosen time of %j is refused', (chosen, problem) => {
    expect(expiryTime('chosen', chosen, NOW)).toEqual({ problem });
  });

  it('reads what a field was given', () => {
    expect(expiryTime('chosen', fieldTime(NOW + 120_000), NOW)).toEqual({ at: NOW + 120_000 });
  });
});

it.each([
  [undefined, 'never ends'],
  [NOW + 60_000, 'ends 25 Nov 2026, 12:01'],
  [NOW, 'ended 25 Nov 2026, 12:00'],
])('%s %s', (expiresAt, words) => {
  expect(endWords(expiresAt, NOW)).toBe(words);
});
