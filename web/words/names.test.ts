import { describe, expect, it } from 'vitest';
import { firstNameOf, initialsOf } from './names.ts';

describe('initialsOf', () => {
  it.each([
    ['Quiet Otter', 'QO'],
    ['mina', 'M'],
    ['Ada de la Cruz', 'AC'],
    ['김민아', '김'],
    ['山田 太郎', '山'],
    ['🦊 Fox', '🦊'],
    ['👨‍👩‍👧 Family', '👨‍👩‍👧'],
    ['🇩🇪 Team', '🇩🇪T'],
    ['e\u0301mile zola', 'E\u0301Z'],
    ['\u1112\u1161\u11ab', '\u1112\u1161\u11ab'],
    ['क्षितिज कुमार', 'क्षिकु'],
    ['  ', ''],
  ])('%s is %s', (name, expected) => {
    expect(initialsOf(name)).toBe(expected);
  });
});

describe('firstNameOf', () => {
  it.each([
    ['Jonas Öztürk-Hallgrímsdóttir', 'Jonas'],
    ['  Ada ', 'Ada'],
    ['김민아', '김민아'],
    ['', ''],
  ])('of %s is %s', (name, expected) => {
    expect(firstNameOf(name)).toBe(expected);
  });
});
