import type { Element, Properties, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { defaultSchema, sanitize, type Schema } from 'hast-util-sanitize';
import { highlighted } from './code-languages.ts';
import type { PreviewNode } from './preview-tree.ts';
import { directionOf } from './direction.ts';

/** UTF-16 units of markup of one block; a longer one is not shown. */
const LONGEST_BLOCK = 200_000;
/** Elements and texts in one block; a block of more is not shown: the page would hang while it is laid out. */
const MOST_NODES = 20_000;
/** Elements in each other; what is deeper is left out. */
const DEEPEST = 150;
/** Unclosed `<b>`, `<i>` and the like in one block: browsers repeat them in every paragraph that follows. */
const MOST_UNCLOSED = 50;

const FORMATTING = /<(\/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi;

/** Elements that run in the direction of their own text. */
const WITH_DIRECTION = new Set(
  ['p', 'ul', 'ol', 'li', 'blockquote', 'table', 'td', 'th', 'dl', 'summary'].concat(
    [1, 2, 3, 4, 5, 6].map((level) => `h${level}`),
  ),
);

/** Elements in which the line breaks between their children mean nothing. */
const WITHOUT_TEXT = new Set([
  '',
  'ul',
  'ol',
  'table',
  'thead',
  'tbody',
  'tr',
  'blockquote',
  'div',
  'section',
  'details',
]);

/** GitHub's rules, with the classes of what the Markdown parser makes, and fewer attributes. */
const SCHEMA: Schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames!.filter((name) => name !== 'picture' && name !== 'source').concat('mark', 'small'),
  attributes: {
    a: ['href', ['className', 'footnote-anchor', 'footnote-backref']],
    code: [['className', /^language-./]],
    div: [['className', 'markdown-alert', /^markdown-alert-(?:note|tip|important|warning|caution)$/]],
    img: ['src', 'alt', 'width', 'height'],
    input: [
      ['className', 'task-list-item-checkbox'],
      ['disabled', true],
      ['type', 'checkbox'],
      ['checked', true],
    ],
    details: ['open'],
    li: [['className', 'task-list-item', 'footnote-item'], 'value'],
    ol: [['className', 'task-list-container', 'footnotes-list'], 'start', 'reversed'],
    p: [
      ['className', 'markdown-alert-title'],
      ['dataAlert', 'note', 'tip', 'important', 'warning', 'caution'],
    ],
    section: [['className', 'footnotes']],
    sup: [['className', 'footnote-ref']],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan'],
    ul: [['className', 'task-list-container']],
    '*': ['align', 'dataLine', 'dateTime', 'dir', 'id', 'lang', 'title'],
  },
  protocols: { ...defaultSchema.protocols, src: ['http', 'https', 'data'] },
  strip: ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'template'],
};

/** What is shown for a block that is too long; the words come with the page. */
const TOO_LONG: PreviewNode = { tag: 'p', attributes: { 'data-notice': 'long' }, children: [] };

/** Markup as a tree without anything that runs, loads or clobbers. Languages of code must be loaded before. */
export function safeTree(html: string): PreviewNode[] {
  if (html.length > LONGEST_BLOCK || unclosed(html) > MOST_UNCLOSED) return [TOO_LONG];
  try {
    const budget = { nodes: MOST_NODES };
    const root = sanitize(fromHtml(html, { fragment: true }), SCHEMA);
    const nodes = 'children' in root ? childrenOf(root.children, '', budget, 0, false) : [];
    return budget.nodes < 0 ? [TOO_LONG] : nodes;
  } catch (error) {
    // Elements in each other by the thousand exhaust the stack.
    if (error instanceof RangeError) return [TOO_LONG];
    throw error;
  }
}

interface Budget {
  nodes: number;
}

function childrenOf(
  children: readonly RootContent[],
  parent: string,
  budget: Budget,
  depth: number,
  isInLink: boolean,
): PreviewNode[] {
  if (depth > DEEPEST) return [];
  const nodes: PreviewNode[] = [];
  for (const child of children) {
    if (budget.nodes < 0) break;
    if (child.type === 'text' && child.value === '\n' && WITHOUT_TEXT.has(parent)) continue;
    budget.nodes -= 1;
    if (child.type === 'text') nodes.push(child.value);
    else if (child.type === 'element') nodes.push(elementOf(child, budget, depth, isInLink));
  }
  return nodes;
}

function elementOf(element: Element, budget: Budget, depth: number, isInLink: boolean): PreviewNode {
  const attributes = attributesOf(element.properties);
  if (element.tagName === 'img') return imageOf(attributes, isInLink);
  const isLink = element.tagName === 'a' && attributes['href'] !== undefined;
  if (isLink && !attributes['href']!.startsWith('#')) Object.assign(attributes, OUTSIDE);
  const children =
    codeOf(element, attributes) ??
    childrenOf(element.children, element.tagName, budget, depth + 1, isInLink || element.tagName === 'a');
  if (WITH_DIRECTION.has(element.tagName) && attributes['dir'] === undefined) {
    const direction = directionOf(children);
    if (direction !== undefined) attributes['dir'] = direction;
  }
  return { tag: element.tagName, attributes, children };
}

const OUTSIDE = { target: '_blank', rel: 'noopener noreferrer' };

/** The policy of the page allows no images from elsewhere, which would tell their server who reads; they become links. */
function imageOf(attributes: Record<string, string>, isInLink: boolean): PreviewNode {
  const { src = '', alt = '', ...others } = attributes;
  if (/^data:image\/(?:png|jpeg|gif|webp)[;,]/i.test(src))
    return { tag: 'img', attributes: { ...others, src, alt }, children: [] };
  const isAddress = /^https?:/i.test(src);
  const children = [alt.trim() || (isAddress ? src : '')];
  if (isInLink || !isAddress) return { tag: 'span', attributes: { class: 'image' }, children };
  return { tag: 'a', attributes: { ...OUTSIDE, class: 'image', href: src }, children };
}

/** The coloured content of a block of code in a known language; undefined for everything else. */
function codeOf(element: Element, attributes: Readonly<Record<string, string>>): PreviewNode[] | undefined {
  const language = /^language-(.+)$/.exec(attributes['class'] ?? '')?.[1];
  const [only] = element.children;
  if (element.tagName !== 'code' || language === undefined || only?.type !== 'text') return undefined;
  return highlighted(language, only.value);
}

function attributesOf(properties: Properties): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    const written = name === 'className' ? 'class' : name.replace(/^data(?=[A-Z])/, 'data-').toLowerCase();
    attributes[written] = Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value);
  }
  return attributes;
}

/** At most how many elements that browsers repeat are open at once. */
function unclosed(html: string): number {
  const open = new Map<string, number>();
  let [sum, most] = [0, 0];
  for (const [, slash, tag] of html.matchAll(FORMATTING)) {
    const name = tag!.toLowerCase();
    const count = open.get(name) ?? 0;
    if (slash === '/' && count === 0) continue;
    const step = slash === '/' ? -1 : 1;
    open.set(name, count + step);
    sum += step;
    most = Math.max(most, sum);
  }
  return most;
}
