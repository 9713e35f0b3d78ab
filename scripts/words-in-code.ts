import { parse } from 'svelte/compiler';

/** A place in code with words that a person sees or hears, but that stand in no catalogue. */
export interface FoundWords {
  readonly words: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Attributes whose value is read or heard. */
const SHOWN_ATTRIBUTES = new Set([
  'aria-label',
  'aria-description',
  'title',
  'placeholder',
  'alt',
  'label',
  'about',
  'what',
  'hint',
]);
/** Functions whose argument is read or heard. */
const SHOWN_BY = /^(show|say|refuse|confirm|alert|onProblem|onUnloaded)$/;
/** Elements whose content is the same in every language. */
const SAMPLES = new Set(['code', 'kbd', 'style', 'script', 'svg']);
/** Names and signs that are words in no language. */
const NAMES = /Weft|Markdown|https?:\/\/\S+/g;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** How a literal stands: on the page, in a call that shows it, or anywhere in code. */
type Place = 'shown' | 'code';

/** Words outside the catalogue in a component, or in a module (`isModule`). */
export function wordsInCode(source: string, isModule: boolean): FoundWords[] {
  // A text of the same length that does not end the element it is put into.
  const text = isModule ? `<script lang="ts">${source.replaceAll('</script', '< script')}</script>` : source;
  const offset = isModule ? '<script lang="ts">'.length : 0;
  const found: FoundWords[] = [];
  const report = (words: string, { start }: Node): void => {
    const line = source.slice(0, start - offset).split('\n').length;
    found.push({ words: words.trim().replace(/\s+/g, ' '), line });
  };
  const { fragment, instance, module } = parse(text, { modern: true });
  for (const part of [fragment, instance, module]) if (part) look(part as unknown as Node, 'code', report);
  return found;
}

type Report = (words: string, node: Node) => void;

function look(node: Node, place: Place, report: Report): void {
  switch (node.type) {
    case 'Text':
      if (hasWords(node['data'] as string)) report(node['data'] as string, node);
      return;
    case 'Attribute':
      lookAtAttribute(node, report);
      return;
    case 'RegularElement':
      if (SAMPLES.has(node['name'] as string)) return lookAtAll(node, ['attributes'], place, report);
      break;
    // What is written between tags, but not what is done there.
    case 'ExpressionTag':
    case 'HtmlTag':
      return lookAtAll(node, ['expression'], 'shown', report);
    case 'Literal':
      return judge(node['value'], node, place, report);
    case 'TemplateElement':
      return judge((node['value'] as { cooked: string }).cooked, node, place, report);
    case 'CallExpression':
      lookAtCall(node, report);
      return;
    case 'NewExpression':
      // The messages of errors are for those who read logs.
      if (/Error$/.test(nameOf(node['callee'] as Node))) return;
      break;
    case 'BinaryExpression':
      // What is compared is not shown.
      return lookAtAll(node, ['left', 'right'], 'code', report);
    case 'ConditionalExpression':
      lookAtAll(node, ['test'], 'code', report);
      return lookAtAll(node, ['consequent', 'alternate'], place, report);
    case 'MemberExpression':
      return lookAtAll(node, ['object', 'property'], 'code', report);
    case 'StyleDirective':
      return lookAtAll(node, Array.isArray(node['value']) ? [] : ['value'], 'code', report);
    case 'Script':
      return lookAtAll(node, ['content'], place, report);
    case 'ImportDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAnnotation':
      return;
  }
  lookAtAll(node, Object.keys(node), place === 'shown' && /Function/.test(node.type) ? 'code' : place, report);
}

function lookAtAll(node: Node, keys: readonly string[], place: Place, report: Report): void {
  for (const key of keys) {
    if (key === 'metadata' || key === 'parent') continue;
    for (const child of [node[key]].flat()) if (isNode(child)) look(child, place, report);
  }
}

function lookAtAttribute(node: Node, report: Report): void {
  const isShown = SHOWN_ATTRIBUTES.has(node['name'] as string);
  for (const value of [node['value']].flat()) {
    if (!isNode(value)) continue;
    if (value.type !== 'Text') lookAtAll(value, ['expression'], isShown ? 'shown' : 'code', report);
    else judge(value['data'], value, isShown ? 'shown' : 'code', report);
  }
}

function lookAtCall(node: Node, report: Report): void {
  const isShown = SHOWN_BY.test(nameOf(node['callee'] as Node));
  lookAtAll(node, ['callee'], 'code', report);
  lookAtAll(node, ['arguments'], isShown ? 'shown' : 'code', report);
}

/** In code, a literal is words for people if it is a sentence, or a part of one. */
function judge(value: unknown, node: Node, place: Place, report: Report): void {
  if (typeof value !== 'string') return;
  if (place === 'shown' ? hasWords(value) && !/^[a-z-]+$/.test(value) : isSentence(value)) report(value, node);
}

function hasWords(text: string): boolean {
  return /\p{L}{2,}/u.test(text.replace(NAMES, ''));
}

/** Words with spaces between them that begin or end as sentences do. */
function isSentence(text: string): boolean {
  const plain = text.trim().replace(NAMES, '');
  return /\p{L}[’'“”,]* [“‘]?\p{L}/u.test(plain) && (/^[\p{Lu}“‘]/u.test(plain) || /[.…?!:]$/u.test(plain));
}

function nameOf(node: Node): string {
  const name = node.type === 'MemberExpression' ? (node['property'] as Node)['name'] : node['name'];
  return typeof name === 'string' ? name : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
