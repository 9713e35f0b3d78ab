import { describe, expect, it } from 'vitest';
import { ChunkedText } from './chunked-text.ts';
import { countInSteps, countText } from './word-count.ts';

describe('countText', () => {
  it.each([
    ['', 0, 0],
    ['one two\nthree', 3, 12],
    ["don't stop", 2, 10],
    ['# Heading\n\n- item', 2, 15],
    ['안녕하세요 여러분', 2, 9],
    ['a 😀 b', 2, 5],
    ['Plan 👨‍👩‍👧', 1, 6],
    ['cafe\u0301\n🇩🇪', 1, 5],
  ])('%j: %i words, %i characters', (text, words, characters) => {
    expect(countText(text)).toEqual({ words, characters });
  });

  it('counts a large text in steps, and words across steps once', () => {
    const text = ChunkedText.from('word '.repeat(100_000));
    const steps = [...countInSteps(text)];
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.at(-1)).toEqual({ words: 100_000, characters: 500_000 });
  });

  it('never cuts a pair, also in a text without a space', () => {
    expect(countText('x' + '😀'.repeat(60_000)).characters).toBe(60_001);
  });

  it.each(['👨‍👩‍👧', '🇩🇪', 'e\u0301', '\u1112\u1161\u11ab', 'क्षि', ' \u0301'])(
    'never cuts %j in two between steps (FP3)',
    (letter) => {
      // The first step ends within the letter, wherever that is.
      for (let before = 0; before < letter.length; before += 1) {
        const text = 'x'.repeat(before) + letter.repeat(20_000 / letter.length);
        expect(countText(text).characters, String(before)).toBe(before + Math.floor(20_000 / letter.length));
      }
    },
  );

  it('counts large texts of scripts without spaces by character', () => {
    expect(countText('漢字 '.repeat(20_000)).words).toBe(40_000);
  });
});
