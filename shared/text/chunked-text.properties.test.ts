import { describe, expect, it } from 'vitest';
import { CHARACTERS, editFrom, PROPERTY_RUNS } from '../testing/edits.ts';
import { SeededRandom } from '../testing/random.ts';
import { ChunkedText } from './chunked-text.ts';
import { applyToString, EditBuilder, replaceEdit, type Edit } from './edit.ts';

const seed = 20261124;

function write(random: SeededRandom, units: number): string {
  let text = '';
  while (text.length < units) text += random.pick(CHARACTERS);
  return text;
}

/** Several splices of a text at random, some of them across many pieces. */
function someEdit(random: SeededRandom, length: number): Edit {
  const builder = new EditBuilder();
  let position = 0;
  const sites = random.chance(80) ? 1 : 1 + random.below(12);
  for (let site = 0; site < sites; site += 1) {
    const from = position + random.below(Math.max(1, length - position + 1));
    const reach = random.pick([0, 0, 1, 2, 50, 3000, 9000, 300_000]);
    const to = Math.min(length, from + random.below(reach + 1));
    builder.retain(from - position);
    builder.insert(write(random, random.pick([0, 1, 1, 1, 5, 100, 2000, 9000])));
    builder.delete(to - from);
    position = to;
  }
  return builder.finish();
}

describe(`a text in pieces is like a string (seed ${seed})`, () => {
  it(`through dense edits of ${PROPERTY_RUNS} short texts`, () => {
    const random = new SeededRandom(seed);
    for (let run = 0; run < PROPERTY_RUNS; run += 1) {
      const text = write(random, random.below(30));
      const decisions = Array.from({ length: 40 }, () => ({
        insert: random.chance(30) ? random.pick(CHARACTERS) : '',
        keep: random.chance(60),
      }));
      const edit = editFrom(text, decisions);
      expect(ChunkedText.from(text).apply(edit).toString()).toBe(applyToString(text, edit));
    }
  });

  it.each([0, 1, 1024, 4096, 4097, 60_000, 600_000])('through 400 splices of %d units and more', (units) => {
    const random = new SeededRandom(seed + units);
    let expected = write(random, units);
    let text = ChunkedText.from(expected);
    for (let splice = 0; splice < 400; splice += 1) {
      const edit = someEdit(random, expected.length);
      const before = text;
      const lengthBefore = expected.length;
      text = text.apply(edit);
      expected = applyToString(expected, edit);
      expect(text.length).toBe(expected.length);
      expect(before.length).toBe(lengthBefore);
      const from = random.below(expected.length + 10);
      const to = from + random.below(random.pick([1, 10, 10_000, 200_000]));
      expect(text.slice(from, to)).toBe(expected.slice(from, to));
      expect(text.slice(from)).toBe(expected.slice(from));
      for (let probe = 0; probe < 20; probe += 1) {
        const position = random.below(expected.length + 2);
        expect(text.splitsPair(position)).toBe(splitsPair(expected, position));
      }
      if (splice % 20 === 0) expect(text.toString()).toBe(expected);
    }
    expect(text.toString()).toBe(expected);
    expect(ChunkedText.from(expected).toString()).toBe(expected);
  });

  it('through typing, holding backspace and holding delete at one place, and down to nothing', () => {
    const random = new SeededRandom(seed);
    let expected = write(random, 20_000);
    let text = ChunkedText.from(expected);
    const splice = (from: number, to: number, insertion: string): void => {
      const edit = replaceEdit(from, to, insertion);
      text = text.apply(edit);
      expected = applyToString(expected, edit);
    };
    for (let key = 0; key < 9000; key += 1) splice(10_000 + key, 10_000 + key, 'x');
    expect(text.toString()).toBe(expected);
    for (let key = 0; key < 14_000; key += 1) splice(18_000 - key, 18_001 - key, '');
    expect(text.toString()).toBe(expected);
    while (expected.length > 0) splice(0, 1, '');
    expect(text.length).toBe(0);
    expect(text.toString()).toBe('');
    expect(text.apply(['again']).toString()).toBe('again');
  });

  it('leaves the text before as it was, also where an edit is refused', () => {
    const before = ChunkedText.from('abc');
    expect(before.apply([1, 'x', -1]).toString()).toBe('axc');
    expect(before.toString()).toBe('abc');
    expect(() => before.apply([4, 'x'])).toThrow(RangeError);
    expect(() => before.apply([1, -3])).toThrow(RangeError);
    expect(before.toString()).toBe('abc');
  });
});

function splitsPair(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  return text.codePointAt(position - 1)! > 0xffff;
}
