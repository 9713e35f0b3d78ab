import { describe, expect, it } from 'vitest';
import { placeOfName, shownNames, type Room } from './name-place.ts';

const within: Room = { isAtEnd: false, after: 300, before: 200, width: 'wide' };

describe('placeOfName', () => {
  it('puts a name behind the end of a line that leaves room, on every screen', () => {
    for (const width of ['wide', 'narrow', 'phone'] as const)
      expect(placeOfName({ ...within, isAtEnd: true, width })).toEqual({ where: 'after', shape: 'name' });
  });

  it('puts it into the margin if letters follow, or the line is full', () => {
    expect(placeOfName(within)).toEqual({ where: 'margin', shape: 'name' });
    expect(placeOfName({ ...within, isAtEnd: true, after: 40 })).toEqual({ where: 'margin', shape: 'name' });
  });

  it.each([
    ['wide', 208, 'name'],
    ['wide', 28, 'disc'],
    ['wide', 40, 'initials'],
    ['wide', 22, 'disc'],
    ['narrow', 208, 'initials'],
    ['narrow', 24, 'disc'],
    ['phone', 24, 'disc'],
    ['phone', 200, 'disc'],
  ] as const)('on a screen that is %s with %i px it is a %s', (width, before, shape) => {
    expect(placeOfName({ ...within, before, width })).toEqual({ where: 'margin', shape });
  });

  it('shows none where each would lie on something', () => {
    expect(placeOfName({ ...within, before: 10 })).toBeUndefined();
    expect(placeOfName({ ...within, isAtEnd: true, after: 10, before: 10 })).toBeUndefined();
  });
});

describe('shownNames', () => {
  it.each([
    [1, 'disc', 20, 1],
    [2, 'disc', 20, 0],
    [2, 'name', 130, 2],
    [3, 'name', 130, 1],
    [5, 'initials', 120, 3],
  ] as const)('of %i, each a %s, in %i px: %i', (count, shape, room, shown) => {
    expect(shownNames(count, shape, room)).toBe(shown);
  });
});
