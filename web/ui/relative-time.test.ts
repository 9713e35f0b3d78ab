import { expect, it } from 'vitest';
import { relativeTime } from './relative-time.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

it.each([
  [0, 'just now'],
  [-MINUTE, 'just now'],
  [50_000, '1 minute ago'],
  [5 * MINUTE, '5 minutes ago'],
  [3 * 60 * MINUTE, '3 hours ago'],
  [26 * 60 * MINUTE, 'yesterday'],
  [3 * 24 * 60 * MINUTE, '3 days ago'],
  [20 * 24 * 60 * MINUTE, 'October 31'],
  [400 * 24 * 60 * MINUTE, 'October 16, 2025'],
])('%i ms ago is %s', (age, expected) => {
  expect(relativeTime(NOW - age, NOW)).toBe(expected);
});
