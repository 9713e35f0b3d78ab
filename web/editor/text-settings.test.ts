import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { paragraphAround } from './text-settings.ts';

it.each([
  ['one\ntw|o\n\nthree', 1, 2],
  ['one\ntwo\n|\nthree', 3, 3],
  ['one\n\n|three', 3, 3],
  ['one\n  \ntwo\nthr|ee\n\t\nfour', 3, 4],
  ['|', 1, 1],
])('the paragraph of the caret in %j goes from line %i to %i', (marked, first, last) => {
  const anchor = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', ''), selection: { anchor } });
  expect(paragraphAround(state)).toEqual({ first, last });
});

it('a paragraph is not looked for without an end', () => {
  const doc = 'line\n'.repeat(5_000);
  const { first, last } = paragraphAround(EditorState.create({ doc, selection: { anchor: 12_500 } }));
  expect(last - first).toBeLessThanOrEqual(1_000);
});
