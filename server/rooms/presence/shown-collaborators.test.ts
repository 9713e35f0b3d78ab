import { beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { VISIBLE_COLLABORATORS } from '../services/room-limits.ts';
import { ShownCollaborators } from './shown-collaborators.ts';

let clock: ManualClock;
let changed: string[];
let people: ShownCollaborators;

beforeEach(() => {
  clock = new ManualClock();
  changed = [];
  people = new ShownCollaborators(clock, (sessionId) => changed.push(sessionId));
});

function enter(...sessionIds: string[]): void {
  for (const id of sessionIds) people.enter(id, { id: `user of ${id}`, name: id, color: '#ba3d47' }, 'editor');
}
const touch = (sessionId: string): void => people.touch(people.get(sessionId)!);
const crowd = (count: number): string[] => Array.from({ length: count }, (_, index) => `session ${index}`);

it('P2 somebody active takes the place of the one who has been still longest, if that was for five seconds', () => {
  enter(...crowd(VISIBLE_COLLABORATORS));
  clock.advance(1000);
  for (const id of crowd(VISIBLE_COLLABORATORS).slice(1)) touch(id);
  enter('late');
  expect(people.shown('late')).toBeUndefined();
  clock.advance(3999);
  touch('late');
  expect(people.shown('late')).toBeUndefined();
  clock.advance(1);
  changed = [];
  touch('late');
  expect(people.shown('late')).toBe(people.get('late'));
  expect(people.shown('session 0')).toBeUndefined();
  expect(changed).toEqual(['session 0', 'late']);
  expect(people.count).toBe(VISIBLE_COLLABORATORS + 1);
});

it('P2 who leaves makes room for the most active of the others', () => {
  enter(...crowd(VISIBLE_COLLABORATORS), 'still');
  clock.advance(1000);
  enter('active');
  changed = [];
  expect(people.leave('session 3')).toBe(true);
  expect([people.shown('active') !== undefined, people.shown('still') !== undefined]).toEqual([true, false]);
  expect(changed).toEqual(['active', 'session 3']);
  expect(people.leave('session 3')).toBe(false);
});

it('P2 a session that comes back under its id keeps its place, as another entry', () => {
  enter(...crowd(VISIBLE_COLLABORATORS));
  const before = people.shown('session 0');
  enter('session 0');
  expect(people.shown('session 0')).not.toBe(before);
  expect(people.shown('session 0')).toBe(people.get('session 0'));
  expect([...people.allShown()]).toHaveLength(VISIBLE_COLLABORATORS);
});

it('P2 a newcomer is told of itself even if it is not shown, and users are counted once', () => {
  enter(...crowd(VISIBLE_COLLABORATORS), 'late');
  const list = people.listFor('late').map(({ sessionId }) => sessionId);
  expect(list).toHaveLength(VISIBLE_COLLABORATORS);
  expect(list).toContain('late');
  people.enter('second window', { id: 'user of late', name: 'late', color: '#ba3d47' }, 'editor');
  expect(people.users().count).toBe(VISIBLE_COLLABORATORS + 1);
  expect(people.users().users).toHaveLength(VISIBLE_COLLABORATORS);
});
