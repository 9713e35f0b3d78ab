import { describe, expect, it } from 'vitest';
import { hasRoomAfter, shapeInMargin, shownNames } from './name-place.ts';

describe('hasRoomAfter', () => {
  it('lets a name stand behind the end of a line that leaves room', () => {
    expect([300, 60, 59, 10, -5].map(hasRoomAfter)).toEqual([true, true, false, false, false]);
  });
});

describe('shapeInMargin', () => {
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
    expect(shapeInMargin(before, width)).toBe(shape);
  });

  it('is none where each would lie on something', () => {
    expect(shapeInMargin(10, 'wide')).toBeUndefined();
    expect(shapeInMargin(10, 'phone')).toBeUndefined();
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
