import { alert } from '@mdit/plugin-alert';
import { footnote } from '@mdit/plugin-footnote';
import { tasklist } from '@mdit/plugin-tasklist';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';
import { joinedByHtml } from './html-spans.ts';
import { inPieces, type TokenGroup } from './long-lists.ts';

/** A part of the document as markup that may do harm. */
export interface MarkupBlock {
  readonly html: string;
  /** The first line, from 0; undefined for footnotes. */
  readonly line: number | undefined;
  /** How many lines it shows. */
  readonly lines: number;
  readonly goesOn: boolean;
}

/** `www.example.org/path` as GitHub finds it, without what ends a sentence. */
const WWW = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?:[/?#](?:[^\s<]*[^\s<.,:;"'!?*_~()\]])?)?/u;

const markdown = new MarkdownIt({ html: true, linkify: true })
  .use(footnote)
  .use(tasklist, { label: false })
  // The words of the title come with the page.
  .use(alert, {
    titleRender: (tokens, index) => `<p class="markdown-alert-title" data-alert="${tokens[index]!.markup}"></p>\n`,
  });
// Only what says that it is an address: README.md would be one in Moldova.
markdown.linkify.set({ fuzzyLink: false }).add('www.', {
  validate: (text, position) => WWW.exec(text.slice(position, position + 2_000))?.[0].length ?? 0,
  normalize: (match) => void (match.url = `https://${match.url}`),
});
// Without a number for every task of the document, which would make all that follow a new task other ones.
markdown.renderer.rules['checkbox_input'] = (tokens, index) =>
  `<input type="checkbox" class="task-list-item-checkbox" disabled${tokens[index]!.attrGet('checked') === null ? '' : ' checked'}>`;
markdown.core.ruler.push('cells', ({ tokens }) => {
  // Styles are not allowed in markup by the policy of the page.
  for (const token of tokens) {
    const style = token.attrGet('style');
    if (style === null) continue;
    token.attrs = token.attrs!.filter(([name]) => name !== 'style');
    token.attrSet('align', style.slice('text-align:'.length));
  }
});
markdown.core.ruler.push('heading_ids', ({ tokens }) => {
  const slugger = new GithubSlugger();
  for (const [index, token] of tokens.entries())
    if (token.type === 'heading_open') token.attrSet('id', slugger.slug(plainText(tokens[index + 1]!)));
});

/**
 * The text as blocks of markup: a paragraph, a table, up to 50 items of a list, or all that raw HTML encloses. The whole text is
 * read every time, because footnotes and link definitions reach over it; 1 MB takes half a second.
 */
export function markupOf(text: string): MarkupBlock[] {
  const env = {};
  return joinedByHtml(topLevel(markdown.parse(text, env)).flatMap(inPieces)).map(({ tokens, goesOn }) => {
    const line = tokens[0]!.map?.[0];
    let end = line ?? 0;
    for (const [index, { map }] of tokens.entries()) {
      // Footnotes are shown in the order in which they are mentioned.
      if (map === null || line === undefined) continue;
      end = Math.max(end, map[1]);
      if (index > 0) tokens[index]!.attrSet('data-line', String(map[0] - line));
    }
    // The renderer changes nothing in its list.
    const html = markdown.renderer.render(tokens as Token[], markdown.options, env);
    return { html, line, lines: end - (line ?? 0), goesOn };
  });
}

function topLevel(tokens: readonly Token[]): TokenGroup[] {
  const groups: TokenGroup[] = [];
  let current: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    current.push(token);
    depth += token.nesting;
    if (depth > 0) continue;
    groups.push({ tokens: current, goesOn: false });
    current = [];
  }
  return groups;
}

function plainText(inline: Token): string {
  return (inline.children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}
