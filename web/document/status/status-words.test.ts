import { describe, expect, it } from 'vitest';
import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import { announcementOf, answerToSave, isStuck, nextWordsIn, wordsOf } from './status-words.ts';

const PROBLEM = { code: 'unavailable', message: 'The stored document is damaged' } as const;
/** Far from any time of this machine: it is only shown. */
const SERVER_TIME = 4_000_000_000_000;
const context = { now: 10_000, keepsUnsent: true, canWrite: true };

describe('wordsOf', () => {
  it.each<[SessionStatus, string]>([
    [{ kind: 'connecting' }, 'Connecting…'],
    [{ kind: 'live' }, 'Saved'],
    [{ kind: 'saving', unsaved: 2, since: 9_000 }, 'Saving…'],
    [{ kind: 'saving', unsaved: 2, since: 8_000 }, 'Not saved yet'],
    [{ kind: 'saving', unsaved: 2, since: 1_000 }, 'Not saved for 9 s, 2 kept here'],
    [{ kind: 'saved', at: SERVER_TIME, since: 9_000 }, 'Saved'],
    [{ kind: 'offline', unsaved: 0 }, 'Offline'],
    [{ kind: 'offline', unsaved: 3 }, 'Offline, 3 kept here'],
    [{ kind: 'reconnecting', retryAt: 14_500, unsaved: 0 }, 'Reconnecting in 5 s'],
    [{ kind: 'reconnecting', retryAt: 9_000, unsaved: 1 }, 'Reconnecting…, 1 kept here'],
    [{ kind: 'reconnecting', retryAt: 70_000, unsaved: 0, problem: PROBLEM }, 'Server unavailable'],
    [{ kind: 'refused', reason: 'access_removed', unsaved: 0 }, 'Access ended'],
    [{ kind: 'refused', reason: 'forbidden', unsaved: 1 }, 'Read-only'],
    [{ kind: 'refused', reason: 'client_too_old', unsaved: 0 }, 'Update needed'],
    [{ kind: 'refused', reason: 'document_too_large', unsaved: 1 }, 'Document too large'],
  ])('%j', (status, expected) => {
    expect(wordsOf(status, context).text).toBe(expected);
  });

  it('never says that changes are kept where they are not', () => {
    const words = wordsOf({ kind: 'offline', unsaved: 1 }, { ...context, keepsUnsent: false });
    expect(words.text).toBe('Offline, 1 only in this tab');
  });

  it('tells the time of saving after two seconds', () => {
    expect(wordsOf({ kind: 'saved', at: SERVER_TIME, since: 7_000 }, context).text).toMatch(/^Saved \d?\d:\d\d/);
  });

  it('says read-only to readers', () => {
    expect(wordsOf({ kind: 'live' }, { ...context, canWrite: false }).text).toBe('Read-only');
  });

  it('does not tell readers that they can go on writing', () => {
    for (const status of [
      { kind: 'offline', unsaved: 0 },
      { kind: 'reconnecting', retryAt: 0, unsaved: 0 },
    ] as const) {
      expect(wordsOf(status, { ...context, canWrite: false }).detail).not.toMatch(/writ(e|ing)\./);
      expect(announcementOf('live', status, false)).not.toMatch(/writing/);
    }
  });
});

describe('while an edit waits for its acknowledgement on an open socket (B3)', () => {
  const saving = { kind: 'saving', unsaved: 1, since: 0 } as const;
  const toneAt = (now: number) => wordsOf(saving, { ...context, now }).tone;

  it('it is shown as not saved within 2 s, and as a warning within 10 s', () => {
    expect(wordsOf(saving, { ...context, now: 2000 }).text).toBe('Not saved yet');
    expect(toneAt(2000)).toBe('busy');
    expect(toneAt(10_000)).toBe('warning');
    expect(isStuck(saving, 2000)).toBe(false);
    expect(isStuck(saving, 10_000)).toBe(true);
  });

  it('the words are looked at again exactly when they become others', () => {
    const seen: string[] = [];
    for (let now = 0; now < 12_000; now += nextWordsIn(saving, now)!) {
      seen.push(wordsOf(saving, { ...context, now, keepsUnsent: false }).text);
    }
    expect(seen).toEqual([
      'Saving…',
      'Not saved yet',
      'Not saved for 8 s, 1 only in this tab',
      'Not saved for 9 s, 1 only in this tab',
      'Not saved for 10 s, 1 only in this tab',
      'Not saved for 11 s, 1 only in this tab',
    ]);
  });

  it('an acknowledgement begins the time anew', () => {
    expect(wordsOf({ ...saving, since: 9_500 }, { ...context, now: 10_000 }).text).toBe('Saving…');
  });
});

it('says of a document that is gone where its owners find it', () => {
  const gone = { kind: 'refused', reason: 'not_found', unsaved: 0 } as const;
  expect(wordsOf(gone, { ...context, role: 'owner' }).text).toBe('In the bin');
  expect(wordsOf(gone, { ...context, role: 'editor' }).text).toBe('Document deleted');
});

describe('answerToSave', () => {
  it.each<[SessionStatus, string]>([
    [{ kind: 'live' }, 'Already saved. Everything you type is saved at once.'],
    [{ kind: 'saved', at: SERVER_TIME, since: 1 }, 'Already saved. Everything you type is saved at once.'],
    [{ kind: 'saving', unsaved: 1, since: 9_900 }, 'Saving… 1 change is on the way to the server’s disk.'],
    [
      { kind: 'offline', unsaved: 2 },
      'Not saved yet. You can go on writing. Everything is sent as soon as the server answers.',
    ],
    [
      { kind: 'refused', reason: 'document_too_large', unsaved: 1 },
      'Document too large. Your text is still in this tab.',
    ],
    [{ kind: 'connecting' }, 'Connecting… Opening the document.'],
  ])('%j', (status, expected) => {
    expect(answerToSave(status, context)).toBe(expected);
  });

  it('tells readers that there is nothing to save', () => {
    expect(answerToSave({ kind: 'live' }, { ...context, canWrite: false })).toMatch(/^Read-only\. /);
  });
});

describe('announcementOf', () => {
  it.each<[SessionStatus['kind'], SessionStatus, string | undefined]>([
    ['saved', { kind: 'saving', unsaved: 1, since: 0 }, undefined],
    ['saved', { kind: 'reconnecting', retryAt: 0, unsaved: 0 }, 'Connection lost. Reconnecting.'],
    ['reconnecting', { kind: 'reconnecting', retryAt: 9, unsaved: 0 }, undefined],
    ['reconnecting', { kind: 'live' }, 'Connected again.'],
    ['connecting', { kind: 'reconnecting', retryAt: 9, unsaved: 0, problem: PROBLEM }, `${PROBLEM.message}.`],
    ['connecting', { kind: 'live' }, undefined],
    ['live', { kind: 'offline', unsaved: 0 }, 'You are offline. You can go on writing.'],
  ])('from %s to %j', (before, status, expected) => {
    expect(announcementOf(before, status)).toBe(expected);
  });
});
