import { afterEach, expect, it, vi } from 'vitest';
import { SessionNotices } from './session-events.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('tells what a frame brought after it: the text first, as one edit, the people last and once', () => {
  const notices = new SessionNotices();
  const heard: unknown[] = [];
  notices.on('change', ({ edit, origin }) => heard.push([origin, edit]));
  notices.on('title', (title) => heard.push(title));
  notices.on('collaborators', (people) => heard.push(people.length));
  notices.during(() => {
    notices.tellCollaborators(() => []);
    notices.tell('title', 'Notes');
    notices.tellChange({ edit: ['a'], origin: 'remote' });
    notices.tellChange({ edit: [1, 'b'], origin: 'remote' });
    notices.tellCollaborators(() => []);
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual([['remote', ['ab']], 'Notes', 0]);
});

it('lets the others hear where one handler throws, and does not hide the error', () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (callback: () => void) => later.push(callback));
  const notices = new SessionNotices();
  const heard: string[] = [];
  notices.on('title', () => {
    throw new Error('a handler failed');
  });
  const end = notices.on('title', (title) => heard.push(title));
  notices.tell('title', 'one');
  end();
  notices.tell('title', 'two');
  expect(heard).toEqual(['one']);
  expect(later).toHaveLength(2);
  expect(later[0]).toThrow('a handler failed');
});
