import { describe, expect, it } from 'vitest';
import { isDeeperThan, parseFrame, ProtocolError } from './frame.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('isDeeperThan', () => {
  it.each([
    ['nothing', '', 0, false],
    ['a number', '1', 0, false],
    ['as deep as allowed', nested(16), 16, false],
    ['one deeper', nested(17), 16, true],
    ['objects and arrays together', '{"a":[{"b":[]}]}', 3, true],
    ['side by side', `[${'[],{},'.repeat(1000)}[]]`, 2, false],
    ['brackets in a string', JSON.stringify(['[[[[{{{{']), 1, false],
    ['brackets behind an escaped quote', JSON.stringify(['"[[[[', '\\"[[[[']), 1, false],
    ['brackets behind a string that ends in a backslash', `${JSON.stringify(['\\'])},[[]]`, 1, true],
    ['a string without an end', '["[[[[[[', 1, false],
    ['a string that ends in escapes', '["\\\\\\"[[[[', 1, false],
  ])('%s', (_name, json, maximum, expected) => {
    expect(isDeeperThan(json, maximum)).toBe(expected);
  });
});

it('L1 a frame that is nested too deep is refused before it is parsed', () => {
  expect(() => parseFrame(nested(100_000), 16)).toThrow(ProtocolError);
  expect(() => parseFrame(nested(17), 16)).toThrow(/deep/);
  expect(parseFrame(nested(16), 16)).toHaveLength(1);
});
