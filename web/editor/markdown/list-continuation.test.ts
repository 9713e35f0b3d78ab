import { Language, defineLanguageFacet } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { expect, it } from 'vitest';
import { breakLine } from '../keys/text-keys.ts';
import { continueMarkup } from './list-continuation.ts';
import { markdownParser } from './markdown.ts';

const markdown = new Language(defineLanguageFacet(), markdownParser);

/** The text after Enter at `|`, where the caret then stands at `|`. */
function enter(marked: string, extensions: Extension = markdown.extension): string {
  const anchor = marked.indexOf('|');
  let state = EditorState.create({ doc: marked.replace('|', ''), selection: { anchor }, extensions });
  const target = { state, dispatch: (transaction: { state: EditorState }) => (state = transaction.state) };
  if (!continueMarkup(target)) breakLine(target);
  const { head } = state.selection.main;
  return `${state.sliceDoc(0, head)}|${state.sliceDoc(head)}`;
}

it.each([
  ['- item|', '- item\n- |'],
  ['- it|em', '- it\n- |em'],
  ['- |item', '- \n- |item'],
  ['  * item|', '  * item\n  * |'],
  ['9. nine|', '9. nine\n10. |'],
  ['1) one|', '1) one\n2) |'],
  ['999999999. most|', '999999999. most\n999999999. |'],
  ['- [x] done|', '- [x] done\n- [ ] |'],
  ['1. [x] done|', '1. [x] done\n2. [ ] |'],
  ['> quote|', '> quote\n> |'],
  ['> > x|', '> > x\n> > |'],
  ['>> x|', '>> x\n>> |'],
  ['> - x|', '> - x\n> - |'],
  ['> 1. a\n> 2. b|', '> 1. a\n> 2. b\n> 3. |'],
  ['- > x|', '- > x\n  > |'],
  ['- - x|', '- - x\n  - |'],
  ['- a\n  - b|', '- a\n  - b\n  - |'],
  ['- a\n  more|', '- a\n  more\n  |'],
  ['- a\n\n  more|', '- a\n\n  more\n  |'],
  ['- * * *|', '- * * *\n- |'],
])('Enter goes on in %j', (before, after) => {
  expect(enter(before)).toBe(after);
});

it.each([
  ['- |', '|'],
  ['- a\n- |', '- a\n|'],
  ['  3. |', '|'],
  ['- [ ] |', '|'],
  ['- a\n  - b\n  - |', '- a\n  - b\n- |'],
  ['1. a\n   - b\n   - |', '1. a\n   - b\n2. |'],
  ['- [x] a\n  - b\n  - |', '- [x] a\n  - b\n- [ ] |'],
  ['> - |', '> |'],
  ['> > a\n> > |', '> > a\n> |'],
  ['> a\n> |', '> a\n|'],
  ['- - |', '- |'],
])('Enter without text ends the innermost list or quote: %j', (before, after) => {
  expect(enter(before)).toBe(after);
});

it.each([
  ['> ```\n> - code|', '> ```\n> - code\n> |'],
  ['- ```\n  - code|', '- ```\n  - code\n  |'],
  ['```\n  if:|', '```\n  if:\n  |'],
  ['- ```|', '- ```\n  |'],
  ['> <div>\n> - x|', '> <div>\n> - x\n> |'],
  ['> ```\n> |', '> ```\n> \n> |'],
])('within code and HTML only what is around them goes on: %j', (before, after) => {
  expect(enter(before)).toBe(after);
});

it.each([
  'plain text|',
  'plain| text',
  '|- item',
  '-no list|',
  '* * *|',
  '- - -|',
  '***|',
  '```\n- code|',
  '```\n> code|',
  '```\n1. code|\n```',
  '<div>\n- x|',
  '<!--\n- x|',
  'text\n2. no list|',
  '\\- no item|',
  '# heading|',
])('Enter is a plain line break in %j', (before) => {
  expect(enter(before)).toBe(before.replace('|', '\n|'));
});

it.each([
  ['  indented|', '  indented\n  |'],
  [' | indented', ' \n | indented'],
  ['    - code|', '    - code\n    |'],
])('a plain line break keeps the indentation before it: %j', (before, after) => {
  expect(enter(before)).toBe(after);
});

it('Enter is a plain line break, with indentation, where Markdown is not there', () => {
  expect(enter('  - item|', [])).toBe('  - item\n  |');
});

it('what is selected gives way to the line break, also behind an empty item', () => {
  const doc = '- item';
  let state = EditorState.create({ doc, selection: { anchor: 2, head: 6 }, extensions: markdown.extension });
  continueMarkup({ state, dispatch: (transaction) => (state = transaction.state) });
  expect(state.sliceDoc()).toBe('- \n- ');
});
