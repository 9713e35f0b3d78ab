import { afterEach, expect, it, vi } from 'vitest';
import { SessionEmitter } from './session-events.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('tells what a frame brought after it: the text first, as one edit, the people last and once', () => {
  const emitter = new SessionEmitter();
  const heard: unknown[] = [];
  emitter.on('change', ({ edit, origin }) => heard.push([origin, edit]));
  emitter.on('title', (title) => heard.push(title));
  emitter.on('collaborators', (people) => heard.push(people.length));
  emitter.batch(() => {
    emitter.emitCollaborators(() => []);
    emitter.emit('title', 'Notes');
    emitter.emitChange({ edit: ['a'], origin: 'remote' });
    emitter.emitChange({ edit: [1, 'b'], origin: 'remote' });
    emitter.emitCollaborators(() => []);
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual([['remote', ['ab']], 'Notes', 0]);
});

it('lets the others hear where one handler throws, and does not hide the error', () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (callback: () => void) => later.push(callback));
  const emitter = new SessionEmitter();
  const heard: string[] = [];
  emitter.on('title', () => {
    throw new Error('a handler failed');
  });
  const end = emitter.on('title', (title) => heard.push(title));
  emitter.emit('title', 'one');
  end();
  emitter.emit('title', 'two');
  expect(heard).toEqual(['one']);
  expect(later).toHaveLength(2);
  expect(later[0]).toThrow('a handler failed');
});
