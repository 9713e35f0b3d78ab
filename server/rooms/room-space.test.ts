import { expect, it } from 'vitest';
import { RefusalError } from '../base/refusal.ts';
import { makeSpace, type Tenant } from './room-space.ts';

const room = (name: string, bytes: number, isEmpty: boolean, lastUsed: number) => ({ name, bytes, isEmpty, lastUsed });

function evicted(tenants: (Tenant & { name: string })[], count: number, rooms: number, roomBytes: number): string[] {
  const names: string[] = [];
  makeSpace(tenants, { rooms: count, bytes: 0 }, { rooms, roomBytes }, ({ name }) => names.push(name));
  return names;
}

const tenants = [room('busy', 50, false, 1), room('late', 10, true, 3), room('early', 10, true, 2)];

it('L6 leaves everything where it is while there is space', () => {
  expect(evicted(tenants, 1, 4, 70)).toEqual([]);
});

it.each([
  ['too many rooms', 1, 3, 70, ['early']],
  ['far too many rooms', 2, 3, 70, ['early', 'late']],
  ['too many bytes', 0, 9, 65, ['early']],
  ['far too many bytes', 0, 9, 50, ['early', 'late']],
])('L6 evicts what is empty, the longest unused first, for %s', (_name, opening, rooms, bytes, expected) => {
  expect(evicted(tenants, opening, rooms, bytes)).toEqual(expected);
});

it('L6 counts the bytes of what is being opened', () => {
  const names: string[] = [];
  makeSpace(tenants, { rooms: 1, bytes: 30 }, { rooms: 9, roomBytes: 90 }, ({ name }) => names.push(name));
  expect(names).toEqual(['early']);
});

it('L6 refuses where what is in use fills everything', () => {
  expect(() => evicted(tenants, 1, 1, 70)).toThrow(RefusalError);
  expect(() => evicted(tenants, 0, 9, 49)).toThrow(/as many documents/);
});
