import { expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../shared/protocol/errors.ts';
import { refusalWords } from './refusal-words.ts';

it.each([
  ['access_removed', 'Access ended', /no longer shared with you/, 'retry'],
  ['forbidden', 'Read-only', /may no longer write here/, undefined],
  ['not_found', 'Document deleted', /no longer there/, 'retry'],
  ['unauthenticated', 'Signed out', /no longer knows who this is/, 'reload'],
  ['client_too_old', 'Update needed', /older than the server/, 'reload'],
  ['document_too_large', 'Document too large', /Remove some text/, undefined],
  ['seq_reused', 'Not saved', /Copy your text/, 'reload'],
] as const)('%s: %s', (reason, title, detail, action) => {
  const words = refusalWords(reason);
  expect(words.title).toBe(title);
  expect(words.detail).toMatch(detail);
  expect(words.action).toBe(action);
});

it('has words for every code of the protocol', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    expect(refusalWords(code).detail, code).not.toBe('');
  }
});
