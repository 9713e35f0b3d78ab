import { expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../shared/protocol/errors.ts';
import { refusalWords, reportOf } from './trouble.ts';

it.each([
  ['access_removed', 'Access ended', /no longer shared with you/, 'retry'],
  ['forbidden', 'Read-only', /can no longer write here/, undefined],
  ['not_found', 'Document deleted', /no longer available/, 'retry'],
  ['unauthenticated', 'Signed out', /no longer knows who you are/, 'reload'],
  ['client_too_old', 'Update needed', /older than the server/, 'reload'],
  ['document_too_large', 'Document too large', /Remove some text/, undefined],
  ['seq_reused', 'Not saved', /Copy your text/, 'reload'],
] as const)('%s: %s', (reason, title, detail, action) => {
  const words = refusalWords(reason);
  expect(words.title).toBe(title);
  expect(words.detail).toMatch(detail);
  expect(words.action).toBe(action);
});

it('calls a document that is gone binned for its owners, who can restore it', () => {
  const { title, detail, action } = refusalWords('not_found', 'owner');
  expect([title, action]).toEqual(['In the bin', 'restore']);
  expect(detail).toMatch(/until you restore it/);
  expect(refusalWords('not_found', 'editor').title).toBe('Document deleted');
  expect(refusalWords('access_removed', 'owner').title).toBe('Access ended');
});

it('has words for every code of the protocol', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    expect(refusalWords(code).detail, code).not.toBe('');
  }
});

const trouble = {
  ...{ what: 'Access ended', code: 'access_removed', documentId: 'abc', connectionId: 'V1StGXR8_Z5j' },
  ...{ version: 12, unsaved: 2, time: Date.UTC(2026, 10, 25, 22, 40) },
};

it('names what happened, where and when, and nothing of what was written', () => {
  expect(reportOf(trouble)).toEqual([
    ['Problem', 'Access ended'],
    ['Code', 'access_removed'],
    ['Document', 'abc'],
    ['Connection', 'V1StGXR8_Z5j'],
    ['Version', '12'],
    ['Unsaved changes', '2'],
    ['Time', '2026-11-25T22:40:00.000Z'],
  ]);
});

it('says where there was no connection', () => {
  expect(reportOf({ ...trouble, connectionId: undefined })).toContainEqual(['Connection', 'none']);
});
