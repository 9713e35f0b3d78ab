import { expect, it } from 'vitest';
import { headingAt, MOST_HEADINGS, outlineOf } from './outline.ts';

const shown = (text: string): string[] => outlineOf(text).map(({ level, title, line }) => `${level} ${title} @${line}`);

it('finds headings with signs and underlined ones, with their places', () => {
  const text = '# One\n\ntext\n\nTwo\n===\n\n  ### Three ###\nFour\nlines\n---\n';
  expect(shown(text)).toEqual(['1 One @0', '1 Two @4', '3 Three @7', '2 Four lines @8']);
  for (const { position, line } of outlineOf(text))
    expect(text.slice(position)).toBe(text.split('\n').slice(line).join('\n'));
});

it.each([
  ['fenced code', '```md\n# no\n```\n# yes'],
  ['a longer fence', '````\n```\n# no\n````\n# yes'],
  ['a fence of tildes', '~~~\n# no\n```\n~~~\n# yes'],
  ['indented code', '    # no\n\n# yes'],
  ['a comment', '<!--\n# no\n-->\n# yes'],
  ['a quote or an item', '> # no\n- # no\n\n# yes'],
  ['no space', '#no\n####### no\n# yes'],
  ['a rule', 'text\n\n---\n\n- item\n---\n# yes'],
])('%s is no heading', (_, text) => {
  expect(outlineOf(text).map(({ title }) => title)).toEqual(['yes']);
});

it('an unfinished fence hides the rest, as it does in the preview', () => {
  expect(shown('# yes\n```\n# no')).toEqual(['1 yes @0']);
});

it('titles are read without signs', () => {
  expect(shown('# **Bold** `code` [link](https://a.example) ~~no~~ \\# <b>x</b>')).toEqual([
    '1 Bold code link no # x @0',
  ]);
  expect(shown('#')).toEqual(['1  @0']);
});

it('says under which heading a line is', () => {
  const headings = outlineOf('text\n# a\ntext\n# b');
  expect([0, 1, 2, 3, 9].map((line) => headingAt(headings, line))).toEqual([-1, 0, 0, 1, 1]);
});

it('lists a thousand headings and no more', () => {
  expect(outlineOf('# x\n'.repeat(MOST_HEADINGS + 1))).toHaveLength(MOST_HEADINGS);
});

it('reads every line once, whatever they are', () => {
  const begun = performance.now();
  for (const piece of ['#', '# ', '`', '[', '**', '<!--', 'a\n', '=\n', '\\', '<a ', ' ', '- '])
    outlineOf(piece.repeat(1_000_000 / piece.length));
  // Anything quadratic takes hours.
  expect(performance.now() - begun).toBeLessThan(60_000);
});
