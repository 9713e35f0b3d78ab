import { describe, expect, it } from 'vitest';
import type { Collaborator } from '../../shared/protocol/presence-messages.ts';
import { keepPeople, peopleOf } from './people.ts';

function session(sessionId: string, userId: string, more: Partial<Collaborator> = {}): Collaborator {
  return {
    sessionId,
    user: { id: userId, name: userId, color: '#ba3d47' },
    role: 'editor',
    state: 'active',
    cursor: null,
    ...more,
  };
}

describe('peopleOf', () => {
  it('puts oneself first and keeps the order of the others', () => {
    const people = peopleOf([session('1', 'mina'), session('2', 'joon'), session('3', 'me')], 'me');
    expect(people.map((person) => person.userId)).toEqual(['me', 'mina', 'joon']);
    expect(people.map((person) => person.isSelf)).toEqual([true, false, false]);
  });

  it('shows two tabs of one user as one person, the tab with a caret first', () => {
    const cursor = { version: 1, ranges: [{ anchor: 0, head: 0 }] };
    const [mina] = peopleOf([session('1', 'mina'), session('2', 'mina', { cursor })], 'me');
    expect(mina?.sessionIds).toEqual(['2', '1']);
  });

  it('is idle only where every tab is', () => {
    const idle = session('1', 'mina', { state: 'idle' });
    expect(peopleOf([idle], 'me')[0]?.isIdle).toBe(true);
    expect(peopleOf([idle, session('2', 'mina')], 'me')[0]?.isIdle).toBe(false);
  });
});

describe('keepPeople', () => {
  const before = peopleOf([session('1', 'me'), session('2', 'mina'), session('3', 'joon')], 'me');

  it('is the list before where only carets moved', () => {
    const cursor = { version: 7, ranges: [{ anchor: 4, head: 4 }] };
    const next = peopleOf([session('1', 'me'), session('2', 'mina', { cursor }), session('3', 'joon')], 'me');
    expect(keepPeople(before, next)).toBe(before);
  });

  it.each<[string, Collaborator[]]>([
    ['goes idle', [session('1', 'me'), session('2', 'mina', { state: 'idle' }), session('3', 'joon')]],
    ['opens a second tab', [session('1', 'me'), session('2', 'mina'), session('4', 'mina'), session('3', 'joon')]],
    ['leaves', [session('1', 'me'), session('3', 'joon')]],
    ['has another place', [session('1', 'me'), session('3', 'joon'), session('2', 'mina')]],
  ])('is a new list where somebody %s, of the same people otherwise', (_what, collaborators) => {
    const next = peopleOf(collaborators, 'me');
    const kept = keepPeople(before, next);
    expect(kept).toEqual(next);
    expect(kept).not.toBe(before);
    expect(kept.find((person) => person.userId === 'joon')).toBe(before[2]);
  });

  it('takes a new name and colour', () => {
    const user = { id: 'mina', name: 'Mina K', color: '#123456' };
    const next = peopleOf([session('1', 'me'), session('2', 'mina', { user }), session('3', 'joon')], 'me');
    expect(keepPeople(before, next)[1]).toMatchObject({ name: 'Mina K', color: '#123456' });
  });
});
