import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFrom, isCanonical, PROPERTY_RUNS, respectsPairs, someDecisions, someText } from '../testing/edits.ts';
import { SeededRandom } from '../testing/random.ts';
import { difference, differenceSlices, MAX_STEPS } from './difference.ts';
import { applyToString, growth, requiredLength } from './edit.ts';

const seed = 20261123;
const parameters = { seed, numRuns: PROPERTY_RUNS };

/** The length of the longest common subsequence, the slow way. */
function longestCommon(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const letter of a) {
    const next = [0];
    for (let index = 0; index < b.length; index += 1)
      next.push(letter === b[index] ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    row = next;
  }
  return row[b.length]!;
}

describe(`the difference of two texts (seed ${seed})`, () => {
  it('turns one into the other and splits no pair, for unrelated texts', () => {
    fc.assert(
      fc.property(someText, someText, (before, after) => {
        const edit = difference(before, after);
        expect(applyToString(before, edit)).toBe(after);
        expect(isCanonical(edit)).toBe(true);
        expect(respectsPairs(edit, before)).toBe(true);
      }),
      parameters,
    );
  });

  it('turns one into the other and splits no pair, for related texts of several lines', () => {
    fc.assert(
      fc.property(fc.array(someText, { maxLength: 12 }), someDecisions, (lines, decisions) => {
        const before = lines.join('\n');
        const after = applyToString(before, editFrom(before, decisions));
        const edit = difference(before, after);
        expect(applyToString(before, edit)).toBe(after);
        expect(respectsPairs(edit, before)).toBe(true);
      }),
      parameters,
    );
  });

  it('is empty for equal texts and small for small changes', () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `Line ${index} of a long text, much like the others.\n`);
    const before = lines.join('');
    expect(difference(before, before)).toEqual([]);
    lines[1000] = 'Line 1000 of a very long text, much like the others.\n';
    lines.splice(1500, 1);
    const edit = difference(before, lines.join(''));
    expect(applyToString(before, edit)).toBe(lines.join(''));
    expect(edit.filter((part) => typeof part === 'string')).toEqual(['very ']);
    expect(growth(edit)).toBe('very '.length - 'Line 1500 of a long text, much like the others.\n'.length);
  });

  it.each([
    ['Japanese', '昨日は学校へ行きました。とても楽しかったです。', '今日は学校へ行きました。とても楽しかったよ。'],
    ['Chinese', '我们今天去北京看朋友。', '他们今天去北京看老师。'],
    ['Thai', 'ผมไปโรงเรียนทุกวัน', 'เราไปโรงเรียนทุกคืน'],
    ['Korean', '나는오늘학교에갑니다', '너는오늘학교에갔습니다'],
    ['minified code', 'var a=1;function f(){return a}', 'let a=1;function f(){return b}'],
    ['base64', 'AUJDREVGR0hJSktMTU5PUFFSU1RV', 'QUJDREVGR0hJSktMTU5PUFFSU1RW'],
  ])('keeps the middle of a sentence corrected at both ends: %s', (_name, before, after) => {
    const edit = difference(before, after);
    expect(applyToString(before, edit)).toBe(after);
    const kept = edit.reduce<number>((sum, part) => (typeof part === 'number' && part > 0 ? sum + part : sum), 0);
    expect(kept).toBeGreaterThan(before.length / 2);
  });

  it('is no larger than the longest common row of letters demands, for short texts without spaces', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'日本語文章一'), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const edit = difference(before, after);
        const kept = edit.reduce<number>((sum, part) => (typeof part === 'number' && part > 0 ? sum + part : sum), 0);
        // What the edit does not name at its end is kept as well.
        expect(kept + before.length - requiredLength(edit)).toBe(longestCommon(before, after));
      }),
      parameters,
    );
  });

  it('changes a joined emoji and a letter with marks as a whole', () => {
    expect(difference('a👨‍👩‍👧b', 'a👨‍👩‍👦b')).toEqual([1, '👨‍👩‍👦', -8]);
    expect(difference('xe\u0301y', 'xey')).toEqual([1, 'e', -2]);
  });

  it('keeps an emoji whole that differs in its second half only', () => {
    expect(difference('a😀b', 'a😃b')).toEqual([1, '😃', -2]);
    expect(difference('😀', '𝄞')).toEqual(['𝄞', -2]);
  });
});

describe(`the difference of large texts takes bounded work (seed ${seed})`, () => {
  const random = new SeededRandom(seed);
  const words = Array.from({ length: 4000 }, () =>
    random
      .next()
      .toString(36)
      .slice(0, 2 + random.below(7)),
  );
  const write = (units: number, lineLength: number): string => {
    let text = '';
    let line = 0;
    while (text.length < units) {
      const word = random.pick(words);
      line += word.length + 1;
      text += line > lineLength ? `${word}\n` : `${word} `;
      if (line > lineLength) line = 0;
    }
    return text.slice(0, units);
  };
  /** Every other line is another one, so that lines are found quickly and each pair of changed lines is searched by words. */
  const alternate = (lineLength: number): [string, string] => {
    const lines = 1_000_000 / lineLength;
    const kept = Array.from({ length: lines }, (_, index) => `same ${index}\n`);
    const punctuation = (): string => Array.from({ length: lineLength }, () => random.pick([...'.,;:!?()[]'])).join('');
    const side = (): string => kept.map((line) => `${line}${punctuation()}\n`).join('');
    return [side(), side()];
  };
  /** Periodic lines with strangers strewn in: every diagonal of the search runs far before it ends. */
  const strewn = (stranger: string): string =>
    Array.from({ length: 500_000 }, (_, index) => (index % 1000 === 999 ? stranger : 'a\n')).join('');
  const cases: [string, string, string][] = [
    ['two unrelated megabytes of short lines', write(1_000_000, 60), write(1_000_000, 60)],
    ['two unrelated megabytes on one line', write(1_000_000, Infinity), write(1_000_000, Infinity)],
    ['two unrelated megabytes of one-unit lines', 'a\n'.repeat(500_000), 'b\n'.repeat(500_000)],
    ['two periodic megabytes with other strangers in them', strewn('b\n'), strewn('c\n')],
    ['a megabyte in which every other line of 2,500 is another', ...alternate(2_500)],
    ['a megabyte in which every other line of 9,000 is another', ...alternate(9_000)],
  ];

  it.each(cases)('%s', (_, before, after) => {
    const effort = { steps: MAX_STEPS };
    const edit = difference(before, after, effort);
    expect(requiredLength(edit)).toBeLessThanOrEqual(before.length);
    expect(applyToString(before, edit)).toBe(after);
    expect(effort.steps).toBeGreaterThanOrEqual(0);
    expect(effort.steps).toBeLessThan(MAX_STEPS);
  });

  it.each(cases)('%s: in slices, of which none takes much of it (FH22)', (_, before, after) => {
    const effort = { steps: MAX_STEPS };
    const slices = differenceSlices(before, after, effort);
    let longest = 0;
    for (;;) {
      const { steps } = effort;
      const slice = slices.next();
      longest = Math.max(longest, steps - effort.steps);
      if (slice.done !== true) continue;
      expect(slice.value).toEqual(difference(before, after));
      break;
    }
    // Taking words apart is one slice, of at most 200,000 units together.
    expect(longest).toBeLessThanOrEqual(300_000);
  });

  it('five million units are compared, and cut into lines, in slices (FH22)', () => {
    const count = (before: string, after: string): number => {
      const slices = differenceSlices(before, after);
      let rests = 0;
      while (slices.next().done !== true) rests += 1;
      return rests;
    };
    const text = 'x'.repeat(2_500_000);
    expect(count(`${text}a${text}`, `${text}b${text}`)).toBeGreaterThanOrEqual(18);
    const lines = (from: number): string =>
      Array.from({ length: 120_000 }, (_, line) => `line ${from * line}\n`).join('');
    expect(count(lines(1), lines(2))).toBeGreaterThanOrEqual(40);
  });

  it('finds the lines that stayed among hundreds of long ones that changed', () => {
    const effort = { steps: MAX_STEPS };
    const side = (fill: string): string =>
      Array.from({ length: 600 }, (_, index) => (index % 2 ? `same ${index}\n` : `${fill.repeat(9000)}\n`)).join('');
    const edit = difference(side('日'), side('本'), effort);
    expect(edit.filter((part) => typeof part === 'string')).toHaveLength(300);
    expect(effort.steps).toBeGreaterThanOrEqual(0);
  });

  it('replaces as a whole what lies behind the effort', () => {
    const [before, after] = ['昨日は学校へ行きました。', '今日は学校へ行きましたよ。'];
    expect(difference(before, after, { steps: 0 })).toEqual(['今日は学校へ行きましたよ', -11]);
    const pages = (sentence: string): string => `${sentence}\nsame\n${sentence}`;
    const tight = { steps: 40 };
    const edit = difference(pages(before), pages(after), tight);
    expect(applyToString(pages(before), edit)).toBe(pages(after));
    expect(tight.steps).toBeGreaterThanOrEqual(0);
    expect(edit).toEqual(['今日は学校へ行きましたよ', -11, 7, '今日は学校へ行きましたよ', -11]);
  });

  it('looks for the end of a letter a few units far, and splits no pair where that is not enough', () => {
    const marks = 'a' + '\u0301'.repeat(100_000);
    expect(difference(`${marks}b`, `${marks}c`)).toEqual([100_001, 'c', -1]);
    expect(requiredLength(difference(marks, `${marks}\u0301`))).toBeLessThanOrEqual(100_001);
    const tags = '🏴' + '\u{E0067}'.repeat(50_000);
    for (const [before, after] of [
      [`${tags}\u{E0062}`, `${tags}\u{E0063}`],
      [`x${tags}\u{E0062}`, `x${tags}`],
    ] as const) {
      const edit = difference(before, after);
      expect(applyToString(before, edit)).toBe(after);
      expect(respectsPairs(edit, before)).toBe(true);
      expect(growth(edit)).toBe(after.length - before.length);
      expect(edit.find((part) => typeof part === 'string')?.length ?? 0).toBeLessThan(100);
    }
  });
});
