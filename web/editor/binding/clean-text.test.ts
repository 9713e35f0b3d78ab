import { expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

it.each([
  ['line breaks of Windows', 'a\r\nb\r\n', 'a\nb\n'],
  ['line breaks of old Macs', 'a\rb', 'a\nb'],
  ['all three', 'a\r\nb\rc\nd\r\r\n', 'a\nb\nc\nd\n\n'],
  ['NUL', 'a\0b', 'ab'],
  ['halves of pairs', 'a\ud83d b\ude00', 'a b'],
  [
    'everything else, bit for bit',
    '\ufeffe\u0301é\u200d\u2028\u0085\u202e😀\t',
    '\ufeffe\u0301é\u200d\u2028\u0085\u202e😀\t',
  ],
])('%s', (_name, raw, expected) => {
  expect(cleanText(raw)).toBe(expected);
});
