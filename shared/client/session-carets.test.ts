import { describe, expect, it } from 'vitest';
import { TestWorld, type Participant } from './testing/participant.ts';

/** The carets that one sees, as the text with `|` at each of them; selections are told by their head. */
function seen(participant: Participant, userId: string): string {
  const { cursor } = participant.session.collaborators.find(({ user }) => user.id === userId)!;
  const heads = (cursor?.ranges ?? []).map(({ head }) => head).sort((a, b) => b - a);
  let text = participant.text;
  for (const head of heads) text = `${text.slice(0, head)}|${text.slice(head)}`;
  return text;
}

function caret(participant: Participant, position: number): void {
  participant.session.setSelection([{ anchor: position, head: position }]);
}

describe('carets', () => {
  it('of others follow what they type, right behind it, without a cursor message for each key', () => {
    const world = new TestWorld('Hello world');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    caret(anna, 5);
    world.pass(100);
    expect(seen(ben, 'anna')).toBe('Hello| world');
    const before = world.server.received.filter(({ type }) => type === 'cursor').length;
    for (const [index, letter] of [...', dear'].entries()) {
      anna.type(letter, 5 + index);
      caret(anna, 6 + index);
      world.pass(100);
      expect(seen(ben, 'anna')).toBe(`Hello${', dear'.slice(0, index + 1)}| world`);
    }
    expect(world.server.received.filter(({ type }) => type === 'cursor')).toHaveLength(before);
  });

  it('are put right where they did not stay behind what was typed', () => {
    const world = new TestWorld('Hello');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    anna.type(' world', 5);
    caret(anna, 8);
    world.pass(200);
    expect(seen(ben, 'anna')).toBe('Hello wo|rld');
    anna.session.setSelection(null);
    world.pass(200);
    expect(ben.session.collaborators.find(({ user }) => user.id === 'anna')!.cursor).toBeNull();
  });

  it('of others stand in the visible text, also over what is unsent here', () => {
    const world = new TestWorld('ab');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    caret(anna, 1);
    world.pass(100);
    ben.type('XX', 0);
    ben.type('YY', 3);
    expect(seen(ben, 'anna')).toBe('XXa|YYb');
    anna.type('1', 1);
    caret(anna, 2);
    world.server.links[0]!.deliverUp();
    world.server.links[1]!.deliverDown();
    expect(seen(ben, 'anna')).toBe('XXaYY1|b');
    world.pass(100);
    expect(ben.text).toBe('XXaYY1b');
    expect(seen(ben, 'anna')).toBe(seen(anna, 'anna'));
  });

  it('of oneself are carried through everything, and come first in the list', () => {
    const world = new TestWorld('ab');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    caret(ben, 2);
    anna.type('>> ', 0);
    world.pass(100);
    expect(ben.session.collaborators.map(({ user }) => user.id)).toEqual(['ben', 'anna']);
    expect(seen(ben, 'ben')).toBe('>> ab|');
    expect(seen(anna, 'ben')).toBe('>> ab|');
  });

  it('are told at most every 50 ms, the last one always', () => {
    const world = new TestWorld('x'.repeat(100));
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    for (let position = 0; position <= 100; position += 1) {
      caret(anna, position);
      world.clock.advance(1);
    }
    world.pass(100);
    const messages = world.server.received.filter(({ type }) => type === 'cursor');
    expect(messages.length).toBeLessThanOrEqual(4);
    expect(seen(ben, 'anna')).toBe(`${'x'.repeat(100)}|`);
  });

  it('are told again after a reconnect, and never lie outside the text', () => {
    const world = new TestWorld('Hello');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    caret(anna, 5);
    world.pass(100);
    world.server.links[0]!.cut();
    world.server.settle();
    expect(ben.session.collaborators).toHaveLength(1);
    ben.session.delete(2, 5);
    world.pass(1000);
    expect(seen(ben, 'anna')).toBe('He|');
    world.server.tellAll({
      type: 'cursor-update',
      sessionId: anna.session.self!.id,
      version: ben.session.version,
      ranges: [{ anchor: 900, head: 1 }],
    });
    world.server.settle();
    const { cursor } = ben.session.collaborators[1]!;
    expect(cursor?.ranges).toEqual([{ anchor: 2, head: 1 }]);
  });

  it('are told once per frame', () => {
    const world = new TestWorld('Hello');
    const ben = world.joined('ben');
    let told = 0;
    ben.session.on('collaborators', () => (told += 1));
    const user = { id: 'anna', name: 'anna', color: '#336699' };
    const entry = { sessionId: 's', user, role: 'editor', state: 'active', cursor: null };
    const people = { type: 'collaborators-update', documentId: 'd', joined: [entry], left: [], changed: [], count: 2 };
    const move = { type: 'cursor-update', sessionId: 's', version: 1, ranges: [{ anchor: 1, head: 1 }] };
    world.server.newestLink.push(JSON.stringify([people, move, move]));
    world.server.settle();
    expect(told).toBe(1);
    expect(seen(ben, 'anna')).toBe('H|ello');
  });
});

describe('presence', () => {
  it('is told, and told again after a reconnect', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.session.setPresence('away');
    anna.session.setPresence('away');
    world.server.newestLink.deliverUp();
    world.server.newestLink.cut();
    world.pass(1000);
    const told = world.server.received.filter(({ type }) => type === 'presence');
    expect(told).toEqual([
      { type: 'presence', state: 'away' },
      { type: 'presence', state: 'away' },
    ]);
  });
});
