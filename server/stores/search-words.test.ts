import { expect, it } from 'vitest';
import { composed, folded, matchInTitle, wordsOf } from './search-words.ts';

it('folds unit by unit, so that places stay what they are', () => {
  const text = 'İSTANBUL Ελλάς ΆΣ Ёж Ａｂ é 한글 𝒳 ß ﬁ';
  expect(folded(text)).toBe('istanbul ελλασ ασ еж ab e 한글 𝒳 ß ﬁ');
  for (let unit = 1; unit < 65_536; unit += 1) {
    const letter = String.fromCharCode(unit);
    if (folded(letter).length !== 1) throw new Error(`U+${unit.toString(16)} is not one unit`);
  }
});

it('takes a query apart into words, the longest first and each once', () => {
  expect(wordsOf('  a Bcd a\u3000회의 ')).toEqual(['bcd', '회의', 'a']);
  expect(wordsOf('Cafe\u0301')).toEqual(['cafe']);
  expect(wordsOf(' ')).toEqual([]);
  expect(wordsOf(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(8);
});

it('keeps nothing that a store would alter', () => {
  expect(composed('a\0b\ud800 e\u0301')).toBe('a b\ufffd é');
});

it('shows where words are, as ranges that are apart', () => {
  expect(matchInTitle('Aaa banana', ['aa', 'ana'])).toEqual({
    in: 'title',
    text: 'Aaa banana',
    ranges: [
      [0, 2],
      [5, 8],
    ],
  });
  expect(matchInTitle('Aaa', ['aa', 'b'])).toBeUndefined();
});
