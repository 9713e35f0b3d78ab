import { Language, defineLanguageFacet } from '@codemirror/language';
import { EditorSelection, EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pastedLink } from './link-format.ts';
import { textStart } from './line-start.ts';
import { safeHref } from './links.ts';
import { markdownParser } from './markdown.ts';
import { TEXT_COMMANDS, canRunText, type TextCommand } from './text-commands.ts';

const markdown = new Language(defineLanguageFacet(), markdownParser);

/** A text whose selection lies between two `|`, or whose caret is at the only one. */
function stateOf(marked: string): EditorState {
  const anchor = marked.indexOf('|');
  const second = marked.indexOf('|', anchor + 1);
  const head = second < 0 ? anchor : second - 1;
  return EditorState.create({
    doc: marked.replaceAll('|', ''),
    selection: { anchor, head },
    extensions: markdown.extension,
  });
}

function marked(state: EditorState): string {
  const { from, to, empty } = state.selection.main;
  const text = state.sliceDoc();
  return empty
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`;
}

function run(id: TextCommand, state: EditorState): EditorState {
  const change = TEXT_COMMANDS[id](state);
  return change === undefined ? state : state.update(change).state;
}

it.each<[TextCommand, string, string]>([
  ['bold', 'a |word| b', 'a **|word|** b'],
  ['bold', 'a wo|rd b', 'a **wo|rd** b'],
  ['bold', 'a word| b', 'a **word|** b'],
  ['bold', 'a |word b', 'a **|word** b'],
  ['bold', 'a | b', 'a **|** b'],
  ['bold', 'a **|** b', 'a | b'],
  ['bold', 'a| word |b', 'a| **word** |b'],
  ['bold', 'a| **word** |b', 'a| word |b'],
  ['bold', 'a **|word|** b', 'a |word| b'],
  ['bold', 'a |**word**| b', 'a |word| b'],
  ['bold', '**two wo|rds**', 'two wo|rds'],
  ['bold', '__two wo|rds__', 'two wo|rds'],
  ['bold', '|one **two** three|', '**|one two three|**'],
  ['bold', '|one **two| three** four', '**|one two| three** four'],
  ['bold', '- |one\n- two|\n\nthree', '- **|one**\n- **two|**\n\nthree'],
  ['bold', '- **|one**\n- **two|**', '- |one\n- two|'],
  ['bold', 'a|"x"|b', 'a**|"x"|**b'],
  ['bold', 'a**|"x"|**b', 'a|"x"|b'],
  ['bold', '한국어 |강조| 표시', '한국어 **|강조|** 표시'],
  ['italic', 'a |word| b', 'a *|word|* b'],
  ['italic', '**|word|**', '***|word|***'],
  ['italic', '***|word|***', '**|word|**'],
  ['bold', '***|word|***', '*|word|*'],
  ['code', 'a |word| b', 'a `|word|` b'],
  ['code', 'a |b`c| d', 'a ``|b`c|`` d'],
  ['code', 'a |`b`| d', 'a |b| d'],
  ['code', '|', '```\n|\n```'],
  ['code', '```\n|\n```', '|'],
  ['code', '|one\ntwo|', '```\n|one\ntwo|\n```'],
  ['code', '```js\none\nt|wo\n```\nthree', 'one\nt|wo\nthree'],
  ['code', '|a\n```\nb|', '````\n|a\n```\nb|\n````'],
  ['bold', '|- one two', '- **|one** two'],
  ['bold', '-| one two', '- **|one** two'],
  ['bold', '1|. one', '1. **|one**'],
  ['bold', '- [x|] one', '- [x] **|one**'],
  ['bold', '|> one', '> **|one**'],
  ['bold', '|# one', '# **|one**'],
  ['bold', '|- [ ] ', '- [ ] **|**'],
  ['bold', '|- 1. > # one', '- 1. > # **|one**'],
  ['bold', '|- [ ] one\n> two|', '- [ ] **|one**\n> **two|**'],
  ['bold', 'a\n1|. one\n2. tw|o', 'a\n1. **|one**\n2. **tw|**o'],
  ['bold', '|1. |one', '1. **|one**'],
  ['bold', '|- \n-| ', '- \n- **|**'],
  ['bold', '|- **one**', '- |one'],
  ['italic', '|* one', '* *|one*'],
  ['code', '1|. one', '1. `|one`'],
  ['link', '|- [ ] one', '- [ ] [one](|)'],
  ['link', '|- one two|', '- [one two](|)'],
  ['link', '|> https://weft.example', '> [|](https://weft.example)'],
  ['link', '|- [one](/two)', '- |one'],
  ['link', 'a |word| b', 'a [word](|) b'],
  ['link', 'a wo|rd b', 'a [word](|) b'],
  ['link', 'a | b', 'a [|]() b'],
  ['link', '|https://weft.example|', '[|](https://weft.example)'],
  ['link', 'see https://weft.exa|mple now', 'see [|](https://weft.example) now'],
  ['link', '|https://e.org/a_(b)|', '[|](<https://e.org/a_(b)>)'],
  ['link', '[wo|rd](https://weft.example)', 'wo|rd'],
  ['heading', 'te|xt', '# te|xt'],
  ['heading', '# te|xt', '## te|xt'],
  ['heading', '### te|xt', 'te|xt'],
  ['heading', '###### te|xt', 'te|xt'],
  ['heading', '> te|xt', '> # te|xt'],
  ['heading', '- te|xt', '# te|xt'],
  ['heading', '|', '# |'],
  ['bulletList', '|', '- |'],
  ['bulletList', '|one\n\ntwo|', '- |one\n\n- two|'],
  ['bulletList', '- |one\n- two|', '|one\ntwo|'],
  ['bulletList', '1. o|ne', '- o|ne'],
  ['bulletList', '- [x] o|ne', '- o|ne'],
  ['bulletList', '  o|ne', '  - o|ne'],
  ['numberedList', '|one\ntwo\nthree|', '1. |one\n2. two\n3. three|'],
  ['numberedList', '|- a\n  - b\n  - c\n- d|', '|1. a\n  1. b\n  2. c\n2. d|'],
  ['taskList', 'o|ne', '- [ ] o|ne'],
  ['taskList', '- o|ne', '- [ ] o|ne'],
  ['taskList', '- [x] o|ne', 'o|ne'],
  ['quote', 'o|ne', '> o|ne'],
  ['quote', '|one\n\ntwo|', '> |one\n>\n> two|'],
  ['quote', '> |one\n>\n> two|', '|one\n\ntwo|'],
  ['quote', '> > o|ne', '> o|ne'],
  ['tickTask', '- [ ] o|ne', '- [x] o|ne'],
  ['tickTask', '> 1. [X] o|ne', '> 1. [ ] o|ne'],
  ['tickTask', '|- [ ] one\n- [x] two\nthree|', '|- [x] one\n- [x] two\nthree|'],
  ['tickTask', 'no [ ] t|ask', 'no [ ] t|ask'],
])('%s makes %j %j', (id, before, after) => {
  expect(marked(run(id, stateOf(before)))).toBe(after);
});

const TOGGLES = ['bold', 'italic', 'code', 'bulletList', 'numberedList', 'taskList', 'quote'] as const;

it.each(TOGGLES)('%s twice leaves any plain text as it was', (id) => {
  const words = fc.stringMatching(/^[a-z가-힣א-ת👩🚀 ]{0,12}$/u);
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (lines, a, b) => {
      // Indented by four a line would be code; a selection of nothing but spaces has no text to keep a mark at.
      const doc = lines.map((line) => line.trim()).join('\n');
      const whole = (at: number): number => {
        const place = at % (doc.length + 1);
        const code = doc.charCodeAt(place);
        return code >= 0xdc00 && code < 0xe000 ? place - 1 : place;
      };
      const selection = EditorSelection.single(whole(a), whole(b));
      const state = EditorState.create({ doc, selection, extensions: markdown.extension });
      fc.pre(selection.main.empty || state.sliceDoc(selection.main.from, selection.main.to).trim() !== '');
      const once = run(id, state);
      expect(once.sliceDoc()).not.toBe(doc);
      expect(run(id, once).sliceDoc()).toBe(doc);
    }),
  );
});

it.each(['bold', 'italic', 'code', 'link'] as const)('%s breaks no mark of a line, wherever the caret is', (id) => {
  const mark = fc.constantFrom('- ', '1. ', '* ', '- [ ] ', '- [x] ', '> ', '## ', '  - ', '> 1. ', '- > ', '');
  const line = fc.tuple(mark, fc.constantFrom('one', 'one two', '')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), fc.nat(), fc.nat(), (lines, a, b) => {
      const doc = lines.join('\n');
      const selection = EditorSelection.single(a % (doc.length + 1), b % (doc.length + 1));
      const state = EditorState.create({ doc, selection, extensions: markdown.extension });
      // Lines that become a block of code are not kept as they are.
      const isOne = state.doc.lineAt(selection.main.from).number === state.doc.lineAt(selection.main.to).number;
      fc.pre(id !== 'code' || (isOne && state.doc.lineAt(selection.main.from).text.trim() !== ''));
      const marksOf = (text: string): string[] => text.split('\n').map((one) => one.slice(0, textStart(one)));
      expect(marksOf(run(id, state).sliceDoc())).toEqual(marksOf(doc));
    }),
  );
});

it('read-only text takes no command, and a line without a task no tick', () => {
  const readOnly = EditorState.create({ doc: '- [ ] a', extensions: EditorState.readOnly.of(true) });
  for (const id of Object.keys(TEXT_COMMANDS) as TextCommand[]) expect(canRunText(id, readOnly)).toBe(false);
  expect(canRunText('tickTask', EditorState.create({ doc: 'a' }))).toBe(false);
  expect(canRunText('tickTask', EditorState.create({ doc: '- [ ] a' }))).toBe(true);
  expect(canRunText('bold', EditorState.create({ doc: '' }))).toBe(true);
});

it.each([
  ['a |word| b', 'https://weft.example', 'a [word](https://weft.example)| b'],
  ['a |two words|', ' https://weft.example\n', 'a [two words](https://weft.example)|'],
  ['|word|', 'https://e.org/a_(b)', '[word](<https://e.org/a_(b)>)|'],
  ['|- word|', 'https://weft.example', '- [word](https://weft.example)|'],
])('over %j a pasted %j makes a link', (before, pasted, after) => {
  const state = stateOf(before);
  expect(marked(state.update(pastedLink(state, pasted)!).state)).toBe(after);
});

it.each([
  ['a | b', 'https://weft.example'],
  ['|word|', 'two words'],
  ['|word|', 'javascript:alert(1)'],
  ['|https://a.example|', 'https://b.example'],
  ['|two\nlines|', 'https://weft.example'],
  ['`|code|`', 'https://weft.example'],
  ['[|word|](https://a.example)', 'https://weft.example'],
])('over %j %j is pasted as it is', (before, pasted) => {
  expect(pastedLink(stateOf(before), pasted)).toBeUndefined();
});

it.each([
  ['https://e.org/a', true, 'https://e.org/a'],
  ['<https://e.org/a b>', true, 'https://e.org/a%20b'],
  ['mailto:a@e.org', true, 'mailto:a@e.org'],
  ['/d/abc', true, 'https://weft.example/d/abc'],
  ['abc', true, 'https://weft.example/d/abc'],
  ['www.e.org', false, 'https://www.e.org/'],
  ['a@e.org', false, 'mailto:a@e.org'],
  ['javascript:alert(1)', true, undefined],
  ['JavaScript:alert(1)', true, undefined],
  ['java\tscript:alert(1)', true, undefined],
  ['&#106;avascript:alert(1)', true, 'https://weft.example/d/&#106;avascript:alert(1)'],
  [' javascript:alert(1)', true, undefined],
  ['data:text/html,x', true, undefined],
  ['vbscript:x', false, undefined],
  ['file:///etc/passwd', true, undefined],
  ['blob:https://weft.example/1', true, undefined],
  ['', true, undefined],
])('the address %j (target: %s) opens %j', (text, isTarget, href) => {
  expect(safeHref(text, isTarget, 'https://weft.example/d/here')).toBe(href);
});
