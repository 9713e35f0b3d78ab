import type { Tree } from '@lezer/common';
import { parser } from '@lezer/markdown';
import { expect, it } from 'vitest';
import { markdownParser } from './markdown.ts';
import { DEEPEST, LONGEST_LINE, LONGEST_ROW, MOST_SIGNS, SLOWEST_STEP, WatchedParser } from './markdown-limits.ts';

/** How many nodes a tree has, and how many of them stand in each other. */
function sizeOf(tree: Tree): { nodes: number; depth: number } {
  let [nodes, depth, deepest] = [0, 0, 0];
  tree.iterate({
    enter: () => {
      nodes += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    leave: () => void (depth -= 1),
  });
  return { nodes, depth: deepest };
}

const LINE_SAMPLES = {
  emphasis: '_*',
  'emphasis of letters': '*a_',
  'strong emphasis': 'a**b ',
  brackets: '[',
  images: '![ ',
  links: '[a]( ',
  references: '[a][ ',
  'angle brackets': '< ',
  tags: '<a b=" ',
  comments: '<!-- ',
  entities: '&# ',
  escapes: '\\a ',
  'struck text': '~~a ',
};

it.each(Object.entries(LINE_SAMPLES))('a long line of %s is plain text', (_name, sample) => {
  const line = sample.repeat(Math.ceil(60_000 / sample.length));
  expect(sizeOf(markdownParser.parse(line)).nodes).toBeLessThanOrEqual(2);
});

it.each(Object.entries(LINE_SAMPLES))(
  'a paragraph of short lines of %s is read up to a number of signs',
  (_name, sample) => {
    const line = `x ${sample.repeat(Math.floor(400 / sample.length))}\n`;
    const { nodes } = sizeOf(markdownParser.parse(line.repeat(10)));
    // A sign is a node at most, of which two make one, or one a construct of four parts.
    expect(nodes).toBeLessThanOrEqual(5 * MOST_SIGNS);
  },
);

it.each([
  ['quotes', '> '.repeat(10_000) + 'x'],
  ['quotes over many lines', ('> '.repeat(3_000) + 'x\n').repeat(20)],
  ['items in one line', '* '.repeat(4_000) + 'x'],
  ['lists in lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
])('%s in each other are read to a depth', (_name, text) => {
  // A block in the deepest one, its inline text, and the document around all.
  expect(sizeOf(markdownParser.parse(text)).depth).toBeLessThanOrEqual(DEEPEST + 5);
});

it.each([
  ['an address', `www.a.b/${')'.repeat(LONGEST_ROW)}`],
  ['spaces', `*a*${' '.repeat(LONGEST_ROW + 1)}b`],
  ['base64', `*a* ${'QUJD'.repeat(LONGEST_ROW / 2)}`],
])('a long row makes its line plain text: %s', (_name, text) => {
  expect(sizeOf(markdownParser.parse(text)).nodes).toBe(2);
});

it('prose of ordinary lengths is Markdown, in every script', () => {
  for (const words of ['Some words of prose. ', '日本語の文章は空白を入れません。', 'ข้อความภาษาไทยไม่มีช่องว่าง']) {
    const text = `${words.repeat(Math.floor(LONGEST_LINE / words.length) - 1)} **end**`;
    expect(markdownParser.parse(text).resolve(text.length - 4).name).toBe('StrongEmphasis');
  }
});

/** How often a parser tells of slow steps where each step takes so many milliseconds. */
function tellings(stepTime: number): number {
  let now = 0;
  let told = 0;
  const watched = new WatchedParser(
    parser,
    () => (told += 1),
    () => (now += stepTime),
  );
  expect(watched.parse('a\n\n*b*').resolve(5).name).toBe('Emphasis');
  watched.parse('again');
  return told;
}

it('a slow step is told once, and the text is read all the same', () => {
  expect(tellings(SLOWEST_STEP + 1)).toBe(1);
});

it('steps that are quick enough are not told, however many they are', () => {
  expect(tellings(SLOWEST_STEP)).toBe(0);
});
