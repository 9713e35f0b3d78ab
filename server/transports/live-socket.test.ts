import { expect, it } from 'vitest';
import { closeReason } from './live-socket.ts';

it.each([
  ['a short one', 'The server restarts', 'The server restarts'],
  ['none', '', ''],
  ['123 bytes', 'x'.repeat(123), 'x'.repeat(123)],
  ['124 bytes', 'x'.repeat(124), 'x'.repeat(123)],
  ['three bytes a letter', '가'.repeat(50), '가'.repeat(41)],
  ['four bytes a letter', '👩'.repeat(50), '👩'.repeat(30)],
  ['a pair that would be cut', `${'x'.repeat(120)}👩`, 'x'.repeat(120)],
])('C3 fits %s into a close frame, cut between characters (FM13)', (_name, reason, expected) => {
  expect(closeReason(reason)).toBe(expected);
  expect(Buffer.byteLength(closeReason(reason))).toBeLessThanOrEqual(123);
});
