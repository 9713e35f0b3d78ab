import { Language, defineLanguageFacet } from '@codemirror/language';
import { EditorState, type StateCommand } from '@codemirror/state';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nestItems, unnestItems } from './item-nesting.ts';
import { markdownParser } from './markdown.ts';

const markdown = new Language(defineLanguageFacet(), markdownParser);

/** The text after a command at the caret or the selection that `|` stand for; undefined if the key is left to others. */
function after(command: StateCommand, marked: string): string | undefined {
  const [anchor, second] = [marked.indexOf('|'), marked.lastIndexOf('|')];
  const head = second === anchor ? anchor : second - 1;
  const doc = marked.replaceAll('|', '');
  let state = EditorState.create({ doc, selection: { anchor, head }, extensions: markdown.extension });
  const isDone = command({ state, dispatch: (transaction) => (state = transaction.state) });
  if (!isDone) return undefined;
  const { from, to, empty } = state.selection.main;
  const text = state.sliceDoc();
  return `${text.slice(0, from)}|${empty ? '' : `${text.slice(from, to)}|`}${text.slice(to)}`;
}

it.each([
  ['- a\n- |b', '- a\n  - |b'],
  ['- a\n|- b', '- a\n  |- b'],
  ['- a\n-| ', '- a\n  -| '],
  ['- [ ] a\n- [ ] |b', '- [ ] a\n  - [ ] |b'],
  ['- [ ] a\n- [|x] b', '- [ ] a\n  - [|x] b'],
  ['1. a\n2. |b\n3. c', '1. a\n   1. |b\n3. c'],
  ['1. a\n   1. b\n2. |c', '1. a\n   1. b\n   2. |c'],
  ['9. a\n10. |b\n    more', '9. a\n   1. |b\n      more'],
  ['- a\n1. |b', '- a\n  1. |b'],
  ['- a\n- |b\n  - c\n\n  d', '- a\n  - |b\n    - c\n\n    d'],
  ['- a\n  - b\n- |c', '- a\n  - b\n  - |c'],
  ['> - a\n> - |b\n>   c', '> - a\n>   - |b\n>     c'],
  ['- a\n- |b\n  > c\n  > d', '- a\n  - |b\n    > c\n    > d'],
  ['- a\n- |b\n\t- c', '- a\n  - |b\n      - c'],
  ['- a\n  - |', '- a\n  - |'],
  ['- a\n- |b\n- c|\n- d', '- a\n  - |b\n  - c|\n- d'],
  ['1. a\n2. |b\n3. c|\n4. d', '1. a\n   1. |b\n   2. c|\n4. d'],
  ['- |a\n- b|', '- |a\n  - b|'],
  ['- |a', '- |a'],
])('Tab nests %j', (before, expected) => {
  expect(after(nestItems, before)).toBe(expected);
});

it.each([
  ['- a\n  - |b', '- a\n- |b'],
  ['- [ ] a\n  - [ ] |b\n    - c', '- [ ] a\n- [ ] |b\n  - c'],
  ['1. a\n   1. |b\n2. c', '1. a\n2. |b\n2. c'],
  ['- a\n\t- |b', '- a\n- |b'],
  ['> - a\n>   - |b', '> - a\n> - |b'],
  ['- a\n  - |b\n  - c|\n- d', '- a\n- |b\n- c|\n- d'],
  ['- a\n  - |', '- a\n- |'],
  ['1. a\n   1. |', '1. a\n2. |'],
  ['- [ ] a\n  - [ ] |', '- [ ] a\n- [ ] |'],
  ['- |a', '- |a'],
])('Shift-Tab takes %j out', (before, expected) => {
  expect(after(unnestItems, before)).toBe(expected);
});

it.each([
  '- a\n- b|',
  '- a b| c',
  'plain|',
  '|',
  '```\n- a\n- |b\n```',
  '# |head',
  '- a\n- |b|',
  'x\n|y\n- z|',
  '> |a',
])('in %j the key is left to others', (text) => {
  expect(after(nestItems, text)).toBeUndefined();
});

it.each(['- a\n  - ', '1. a\n   1. ', '> - a\n>   - '])(
  'in %j the nested mark begins an item, and makes no heading',
  (doc) => {
    const names: string[] = [];
    markdownParser.parse(doc).iterate({ enter: ({ name }) => void names.push(name) });
    expect(names.filter((name) => name === 'ListItem')).toHaveLength(2);
    expect(names.filter((name) => name.includes('Heading'))).toEqual([]);
  },
);

it('loses no letter, and what was nested beneath an item comes back', () => {
  const mark = fc.constantFrom('- ', '1. ', '- [ ] ', '12) ', '  - ', '   1. ', '\t* ', '> - ', '', '  ');
  const line = fc.tuple(mark, fc.constantFrom('one', '', '- two', '`x')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (lines, a, b) => {
      const doc = lines.join('\n');
      const [anchor, head] = [a % (doc.length + 1), b % (doc.length + 1)];
      let state = EditorState.create({ doc, selection: { anchor, head }, extensions: markdown.extension });
      const letters = (): string => state.sliceDoc().replaceAll(/[ \t\d]/g, '');
      const before = letters();
      for (const command of [nestItems, nestItems, unnestItems]) {
        command({ state, dispatch: (transaction) => (state = transaction.state) });
        expect(letters()).toBe(before);
      }
    }),
  );
});
