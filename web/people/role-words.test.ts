import { expect, it } from 'vitest';
import { readerWords, type ReaderStatus } from './role-words.ts';

const viewer: ReaderStatus = { role: 'viewer', linkAccess: 'none', isDemoted: false, owners: [] };

it.each<[ReaderStatus, string]>([
  [viewer, 'You are a viewer: you can see what others write, but not change it.'],
  [{ ...viewer, linkAccess: 'view' }, 'Anyone with the link can read this document, but not change it.'],
  // Here the link gives more than the role, or something else: it is not the reason.
  [{ ...viewer, linkAccess: 'comment' }, 'You are a viewer: you can see what others write, but not change it.'],
  [{ ...viewer, role: 'commenter' }, 'You are a commenter: you can see what others write, but not change it.'],
  [
    { ...viewer, linkAccess: 'view', isDemoted: true },
    'Your role has changed: you are now a viewer and can no longer change the text.',
  ],
])('%j: %s', (status, why) => {
  expect(readerWords(status).why).toBe(why);
});

it.each([
  [[], 'Ask its owner to let you write, or go on in your own copy.'],
  [['Ada'], 'Ask Ada to let you write, or go on in your own copy.'],
  [['Ada', 'Joon'], 'Ask Ada or Joon to let you write, or go on in your own copy.'],
])('owners %j: %s', (owners, advice) => {
  expect(readerWords({ ...viewer, owners }).advice).toBe(advice);
});
