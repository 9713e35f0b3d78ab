import { expect, it } from 'vitest';
import { fitted } from './letters.ts';

const LETTERS = ['👨‍👩‍👧', '🇩🇪', 'e\u0301', '한', 'क्षि', '😀'];

it('takes of what was put in as many whole letters as fit (FP3)', () => {
  for (const letter of LETTERS) {
    for (let room = 0; room <= letter.length; room += 1) {
      const before = 'a'.repeat(20 - room);
      const wanted = room === letter.length ? before + letter : before;
      expect(fitted(before + letter + letter, before.length + 2 * letter.length, 20), `${letter} ${room}`).toEqual({
        text: wanted,
        caret: wanted.length,
      });
    }
  }
});

it('keeps what stands behind the caret', () => {
  expect(fitted('ab🇩🇪🇩🇪cd', 10, 9)).toEqual({ text: 'ab🇩🇪cd', caret: 6 });
  expect(fitted('abcd', 2, 4)).toEqual({ text: 'abcd', caret: 2 });
  expect(fitted('xyzabcd', 3, 4)).toEqual({ text: 'abcd', caret: 0 });
});
