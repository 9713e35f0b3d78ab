import { expect, it } from 'vitest';
import { RefusalError } from '../base/refusal.ts';
import { evictUntilFits, type EvictableRoom } from './eviction.ts';

const room = (name: string, bytes: number, isEmpty: boolean, lastUsed: number) => ({ name, bytes, isEmpty, lastUsed });

function evicted(
  open: (EvictableRoom & { name: string })[],
  count: number,
  rooms: number,
  roomBytes: number,
): string[] {
  const names: string[] = [];
  evictUntilFits(open, { rooms: count, bytes: 0 }, { rooms, roomBytes }, ({ name }) => names.push(name));
  return names;
}

const rooms = [room('busy', 50, false, 1), room('late', 10, true, 3), room('early', 10, true, 2)];

it('L6 leaves everything where it is while there is space', () => {
  expect(evicted(rooms, 1, 4, 70)).toEqual([]);
});

it.each([
  ['too many rooms', 1, 3, 70, ['early']],
  ['far too many rooms', 2, 3, 70, ['early', 'late']],
  ['too many bytes', 0, 9, 65, ['early']],
  ['far too many bytes', 0, 9, 50, ['early', 'late']],
])('L6 evicts what is empty, the longest unused first, for %s', (_name, opening, most, bytes, expected) => {
  expect(evicted(rooms, opening, most, bytes)).toEqual(expected);
});

it('L6 counts the bytes of what is being opened', () => {
  const names: string[] = [];
  evictUntilFits(rooms, { rooms: 1, bytes: 30 }, { rooms: 9, roomBytes: 90 }, ({ name }) => names.push(name));
  expect(names).toEqual(['early']);
});

it('L6 refuses where what is in use fills everything', () => {
  expect(() => evicted(rooms, 1, 1, 70)).toThrow(RefusalError);
  expect(() => evicted(rooms, 0, 9, 49)).toThrow(/as many documents/);
});
