import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../shared/testing/edits.ts';
import { outlineOf } from '../outline.ts';
import { BlockCache } from './block-cache.ts';
import { attributesIn, elementsIn, renderText } from './testing/trees.ts';

const seed = 20261130;
const numRuns = Math.ceil(PROPERTY_RUNS / 4);

/** What Markdown and HTML are made of, in any order. */
const PIECES =
  '# |## |> |- |1. |- [ ] |    |\t|\n|\n\n|```|~~~|ts|***|---|===|*|**|_|~~|`|[|]|(|)|![|[^1]|[^1]: |[!NOTE]|<|>|</|/>|<!--|-->|' +
  '<b>|<i>|<p>|<div>|</div>|<details>|</details>|<table><tr>|<td>|<script>|</script>|<style>|<svg>|<math>|<img src=x |onerror=1|' +
  ' href="javascript:1"|&lt;|&#x6a;|"|\'|=|\\|https://a.example|www.b.example|c@d.example|word|한글|שלום|😀|\0|\u2028';
const markdown = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES.split('|'), '|') }, fc.string({ unit: 'binary' })),
    {
      maxLength: 60,
    },
  )
  .map((pieces) => pieces.join(''));

it(`any text is rendered, and nothing in it can run (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(markdown, async (text) => {
      const nodes = (await renderText(text)).flat();
      const tags = elementsIn(nodes).map(({ tag }) => tag);
      expect(tags.filter((tag) => /script|style|iframe|object|embed|svg|math|form|link|meta|base/.test(tag))).toEqual(
        [],
      );
      for (const [name, value] of attributesIn(nodes)) {
        expect(name).not.toMatch(/^on|^style|^srcset|[^a-z-]/);
        expect(value).not.toMatch(/^[\s\0]*javascript:/i);
      }
    }),
    { numRuns, seed },
  );
});

it(`whatever is changed, the next rendering is the one of the whole text (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(markdown, { minLength: 2, maxLength: 4 }), async (texts) => {
      const cache = new BlockCache();
      let known = new Map<number, unknown>();
      for (const text of texts) {
        const { blocks, fresh } = await cache.render(text);
        known = new Map([...known, ...fresh]);
        expect(blocks.map(({ key }) => known.get(key))).toEqual(await renderText(text));
        known = new Map(blocks.map(({ key }) => [key, known.get(key)]));
      }
    }),
    { numRuns: Math.ceil(numRuns / 3), seed },
  );
});

it(`blocks come in the order of their lines, and every heading of the outline begins its line (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(markdown, async (text) => {
      const { blocks } = await new BlockCache().render(text);
      const lines = blocks.flatMap(({ line }) => (line === undefined ? [] : [line]));
      expect(lines).toEqual([...lines].sort((a, b) => a - b));
      for (const { line, position } of outlineOf(text)) {
        expect(text.slice(0, position).split('\n').length - 1).toBe(line);
        expect(position === 0 || text[position - 1] === '\n').toBe(true);
      }
    }),
    { numRuns, seed },
  );
});
