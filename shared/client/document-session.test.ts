import { describe, expect, it } from 'vitest';
import { OperationError } from '../text/operation.ts';
import type { SessionEvents } from './events/session-events.ts';
import { SessionEndedError } from './events/session-status.ts';
import { TestWorld } from './testing/participant.ts';

describe('a document session', () => {
  it('joins as new, then is live', async () => {
    const world = new TestWorld('Hello');
    const anna = world.participant('anna', { name: 'Anna' });
    expect(anna.status).toBe('connecting');
    expect(anna.session.isReady).toBe(false);
    const ready = anna.session.whenReady();
    world.server.settle();
    await ready;
    expect(anna.text).toBe('Hello');
    expect(anna.session.version).toBe(1);
    expect(anna.session.title).toBe('Untitled');
    expect(anna.session.self?.user.name).toBe('Anna');
    expect(anna.session.collaborators.map(({ user }) => user.name)).toEqual(['Anna']);
    expect(anna.statuses).toEqual(['live']);
  });

  it('sends an edit at once, one submission at a time, and says when it is saved', async () => {
    const world = new TestWorld('Hello');
    const anna = world.joined('anna');
    anna.type('!');
    anna.type('!');
    anna.type('!');
    expect(anna.session.unsaved).toBe(3);
    expect(world.server.newestLink.up).toHaveLength(1);
    const saved = anna.session.whenSaved();
    world.server.settle();
    await saved;
    expect(world.server.text).toBe('Hello!!!');
    expect(world.server.head.version).toBe(3);
    expect(anna.session.status).toEqual({
      kind: 'saved',
      at: world.clock.now(),
      since: world.clock.monotonic(),
    });
    expect(anna.session.unsaved).toBe(0);
  });

  it('shows other people’s changes, and tells each change once with the edit that was applied', () => {
    const world = new TestWorld('Hello');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    const changes: SessionEvents['change'][] = [];
    ben.session.on('change', (change) => changes.push(change));
    anna.session.replace(0, 5, 'Goodbye');
    world.server.settle();
    expect(ben.text).toBe('Goodbye');
    expect(changes).toEqual([{ edit: ['Goodbye', -5], origin: 'remote' }]);
  });

  it('refuses edits that do not fit the text, and changes nothing then', () => {
    const world = new TestWorld('a😀');
    const { session } = world.joined('anna');
    expect(() => session.insert(9, 'x')).toThrow(OperationError);
    expect(() => session.insert(2, 'x')).toThrow(OperationError);
    expect(() => session.insert(0, 'a\rb')).toThrow(OperationError);
    expect(() => session.edit([0.5, 'x'])).toThrow(RangeError);
    for (const odd of [-1, 0.5, NaN]) {
      expect(() => session.insert(odd, 'x')).toThrow(RangeError);
      expect(() => session.delete(odd, 1)).toThrow(RangeError);
      expect(() => session.setSelection([{ anchor: 0, head: odd }])).toThrow(RangeError);
    }
    expect(() => session.replace(1, 0, 'x')).toThrow(RangeError);
    expect(session.text.toString()).toBe('a😀');
    expect(session.unsaved).toBe(0);
    expect(session.canUndo).toBe(false);
  });

  it('takes edits that are not in canonical form', () => {
    const world = new TestWorld('abc');
    const { session } = world.joined('anna');
    session.edit([0, -1, 'x', 2, 0]);
    world.server.settle();
    expect(session.text.toString()).toBe('xbc');
    expect(world.server.text).toBe('xbc');
  });

  it('carries what was typed before the first text was here', () => {
    const world = new TestWorld('Hello');
    const anna = world.participant('anna');
    anna.type('Hi. ');
    world.server.settle();
    expect([...anna.text].sort().join('')).toBe([...'Hi. Hello'].sort().join(''));
    expect(world.server.text).toBe(anna.text);
  });

  it('lets a handler edit, and tells everybody the changes in their order', () => {
    const world = new TestWorld('');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    ben.session.on('change', ({ origin }) => {
      if (origin === 'remote') ben.type('!');
    });
    const view: string[] = [];
    let shown = '';
    ben.session.on('change', ({ edit }) => {
      shown = apply(shown, edit);
      view.push(shown);
    });
    anna.type('a');
    world.server.settle();
    expect(view).toEqual(['a', 'a!']);
    expect(world.server.text).toBe('a!');
  });

  it('tells title, role and who is here', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    const heard: unknown[] = [];
    anna.session.on('title', (title) => heard.push(title));
    anna.session.on('role', (role) => heard.push(role));
    anna.session.on('collaborators', (people) => heard.push(people.map(({ user }) => user.id)));
    const ben = world.joined('ben');
    world.server.tellAll({ type: 'document-meta', title: 'Notes' });
    world.server.tellAll({ type: 'role-update', role: 'viewer' });
    world.server.settle();
    void ben.session.leave();
    world.server.settle();
    expect(heard).toEqual([['anna', 'ben'], 'Notes', 'viewer', ['anna']]);
    expect(anna.session.count).toBe(1);
  });

  it('leaves: says goodbye, lets go of every timer, and takes no more edits', async () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.session.setSelection([{ anchor: 0, head: 0 }]);
    const leaving = anna.session.leave();
    world.server.settle();
    await leaving;
    expect(world.server.received.at(-1)).toEqual({ type: 'leave' });
    expect(world.clock.pending).toBe(0);
    expect(anna.status).toBe('left');
    expect(() => anna.type('x')).toThrow(SessionEndedError);
    await expect(anna.session.whenReady()).resolves.toBeUndefined();
  });

  it('hears what was saved until the server has closed, and sends nothing after its goodbye', async () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('first');
    anna.type(' second');
    const leaving = anna.session.leave();
    world.server.settle();
    await leaving;
    expect(world.server.received.map(({ type }) => type)).toEqual(['join', 'submit', 'leave']);
    expect(world.server.text).toBe('first');
    expect(anna.session.version).toBe(world.server.changes.at(-1)?.version);
    expect(anna.session.unsaved).toBe(1);
    expect(world.clock.pending).toBe(0);
  });

  it('leaves within a second where the server does not answer', async () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('x');
    const waiting = anna.session.whenSaved();
    const outcome = expect(waiting).rejects.toThrow('left');
    world.server.newestLink.isDead = true;
    const leaving = anna.session.leave();
    await world.until(() => world.clock.pending > 0);
    world.clock.advance(1000);
    await leaving;
    await outcome;
    expect(world.clock.pending).toBe(0);
  });
});

function apply(text: string, edit: readonly (number | string)[]): string {
  let result = '';
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') result += part;
    else if (part > 0) result += text.slice(position, (position += part));
    else position -= part;
  }
  return result + text.slice(position);
}
