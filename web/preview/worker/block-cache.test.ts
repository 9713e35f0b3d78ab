import { expect, it } from 'vitest';
import { BlockCache } from './block-cache.ts';
import type { PreviewBlock } from './preview-tree.ts';
import { safeTree } from './safe-tree.ts';
import { elementsIn, renderText, textIn } from './testing/trees.ts';

/** A cache, and the markup of which it has made trees. */
function watched(): { cache: BlockCache; made: string[] } {
  const made: string[] = [];
  const cache = new BlockCache((html) => {
    made.push(html);
    return safeTree(html);
  });
  return { cache, made };
}

const keysOf = (blocks: readonly PreviewBlock[]): number[] => blocks.map(({ key }) => key);

it('a change of one block renders one block, wherever the others move', async () => {
  const { cache, made } = watched();
  const before = await cache.render('# Title\n\none\n\ntwo\n\nthree');
  made.length = 0;
  const after = await cache.render('# Title\n\none\n\nnew\n\ntwo\n\nthree');
  expect(made).toEqual(['<p>new</p>\n']);
  expect(after.fresh).toHaveLength(1);
  expect(keysOf(after.blocks).filter((key) => keysOf(before.blocks).includes(key))).toEqual(keysOf(before.blocks));
  expect(after.blocks.map(({ line }) => line)).toEqual([0, 2, 4, 6, 8]);
});

it('what is gone is forgotten, and rendered again when it comes back', async () => {
  const { cache, made } = watched();
  for (const text of ['one', 'two', 'one']) await cache.render(text);
  expect(made).toHaveLength(3);
});

it('a task that is ticked changes its list alone, also in a text of many tasks', async () => {
  const { cache, made } = watched();
  const text = '- [ ] a\n\ntext\n\n- [ ] b\n\ntext\n\n- [ ] c';
  await cache.render(text);
  made.length = 0;
  await cache.render(`- [ ] new\n\nother\n\n${text.replace('[ ] b', '[x] b')}`);
  expect(made).toHaveLength(3);
  expect(made.join('')).toContain('new');
  expect(made.join('')).toContain('checked');
});

it('a list of 120 items is three blocks, and looks like one', async () => {
  const { cache, made } = watched();
  const items = Array.from({ length: 120 }, (_, index) => `${index + 3}. item`);
  const { blocks } = await cache.render(items.join('\n'));
  expect(blocks).toMatchObject([
    { line: 0, lines: 50, goesOn: false },
    { line: 50, lines: 50, goesOn: true },
    { line: 100, lines: 20, goesOn: true },
  ]);
  expect(made.map((html) => /start="(\d+)"/.exec(html)?.[1])).toEqual(['3', '53', '103']);
});

it('what an element of raw HTML encloses is one block with it', async () => {
  const text =
    'before\n\n<details>\n<summary>More</summary>\n\n**inside**\n\n- list\n\n</details>\n\nafter\n\n<div>\n\nopen';
  const blocks = await renderText(text);
  expect(blocks.map((nodes) => textIn(nodes).replace(/\s+/g, ' ').trim())).toEqual([
    'before',
    'Moreinsidelist',
    'after',
    '',
    'open',
  ]);
  expect(elementsIn(blocks[1]!).map(({ tag }) => tag)).toEqual(['details', 'summary', 'p', 'strong', 'ul', 'li']);
});

it('knows what GitHub adds to Markdown', async () => {
  const text = [
    '~~gone~~ https://a.example www.b.example/c. README.md c@d.org',
    '| a | b |\n|---|--:|\n| 1 | 2 |',
    '- [x] done',
    '> [!TIP]\n> Try it.',
    'Why[^1]',
    '[^1]: Because.',
  ].join('\n\n');
  const nodes = (await renderText(text)).flat();
  const all = elementsIn(nodes);
  const hrefs = all.flatMap(({ tag, attributes }) => (tag === 'a' && attributes['href'] ? [attributes['href']] : []));
  expect(hrefs).toEqual([
    'https://a.example',
    'https://www.b.example/c',
    'mailto:c@d.org',
    '#footnote1',
    '#footnote-ref1',
  ]);
  expect(all.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['s', 'table', 'input', 'section']));
  expect(all.filter(({ attributes }) => attributes['align'] === 'right')).toHaveLength(2);
  expect(all.find(({ attributes }) => attributes['data-alert'] === 'tip')).toBeDefined();
  expect(all.find(({ tag }) => tag === 'input')?.attributes).toMatchObject({ type: 'checkbox', checked: '' });
});

it('colours code in a language that it knows, and leaves all other code as it is', async () => {
  const nodes = (await renderText('```ts\nconst a = "<b>";\n```\n\n```nolang\nconst\n```\n\n```\nconst\n```')).flat();
  const spans = elementsIn(nodes).filter(({ tag }) => tag === 'span');
  expect(spans.map(({ attributes, children }) => [attributes['class'], children])).toEqual([
    ['code-keyword', ['const']],
    ['code-string', ['"<b>"']],
  ]);
});

it('headings have the names that links of GitHub use', async () => {
  const nodes = (await renderText('# A *b* `c`\n\n# A b c\n\n## 한글 제목')).flat();
  expect(elementsIn(nodes).flatMap(({ attributes }) => attributes['id'] ?? [])).toEqual([
    'user-content-a-b-c',
    'user-content-a-b-c-1',
    'user-content-한글-제목',
  ]);
});
