import { expect, it, vi } from 'vitest';
import { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { titleNow } from './room-title.ts';

const RECORD = {
  id: 'a',
  title: 'Name',
  isNamed: false,
  linkAccess: 'edit',
  createdAt: 0,
  updatedAt: 0,
  version: 1,
  embedOrigins: null,
} as const;

it('H15 reads what a text begins with once, whoever asks, and again when there is another text', () => {
  const text = ChunkedText.from('# First\nmore');
  const read = vi.spyOn(text, 'slice');
  expect([1, 2, 3].map(() => titleNow(RECORD, text))).toEqual(['First', 'First', 'First']);
  expect(read).toHaveBeenCalledOnce();
  expect(titleNow(RECORD, ChunkedText.from('# Second'))).toBe('Second');
  expect(titleNow({ ...RECORD, isNamed: true }, text)).toBe('Name');
  expect(titleNow(RECORD, ChunkedText.EMPTY)).toBe('Untitled');
});
