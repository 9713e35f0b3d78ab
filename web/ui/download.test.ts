import { expect, it } from 'vitest';
import { fileNameOf } from './download.ts';

it.each([
  ['Minutes of Monday', 'Minutes of Monday'],
  ['a/b\\c: "d"?', 'a b c d'],
  ['..', 'document'],
  ['회의록', '회의록'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['Plan 👨‍👩‍👧', 'Plan 👨‍👩‍👧'],
  [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
  [`${'x'.repeat(76)}👨‍👩‍👧`, 'x'.repeat(76)],
  [`${'x'.repeat(79)}e\u0301`, 'x'.repeat(79)],
  ['\u200d\u200c', 'document'],
  [`${'x'.repeat(77)}🇩🇪`, 'x'.repeat(77)],
  [`${'x'.repeat(78)}\u1112\u1161\u11ab`, 'x'.repeat(78)],
  [`${'x'.repeat(78)}क्षि`, 'x'.repeat(78)],
  ['x'.repeat(200), 'x'.repeat(80)],
])('the file of %j is %j', (title, expected) => {
  expect(fileNameOf(title)).toBe(expected);
});
