import type { TokenGroup } from './long-lists.ts';

const TAG = /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z\d-]*)(?:\s[^<>]*)?(\/?)>/gi;
const VOID = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** Elements that are remembered as open; who opens more without closing them has no use for them. */
const MOST_OPEN = 100;

/**
 * Puts groups together that one element of raw HTML encloses, such as `<details>`, a paragraph and `</details>`. What is opened
 * and never closed encloses nothing.
 */
export function joinedByHtml(groups: readonly TokenGroup[]): TokenGroup[] {
  const open: { name: string; group: number }[] = [];
  /** Of groups that begin an element, the group that ends it. */
  const endings = new Map<number, number>();
  for (const [index, { tokens }] of groups.entries()) {
    if (tokens[0]!.type !== 'html_block') continue;
    for (const [, slash, tag, isEmpty] of tokens[0]!.content.matchAll(TAG)) {
      const name = tag?.toLowerCase();
      if (name === undefined || isEmpty === '/' || VOID.has(name)) continue;
      if (slash === '') {
        if (open.push({ name, group: index }) > MOST_OPEN) open.shift();
        continue;
      }
      const opened = open.findLastIndex((one) => one.name === name);
      if (opened < 0) continue;
      endings.set(open[opened]!.group, index);
      open.length = opened;
    }
  }
  const joined: TokenGroup[] = [];
  for (let index = 0; index < groups.length; index += 1) {
    const first = index;
    let last = endings.get(index) ?? index;
    while (index < last) {
      index += 1;
      last = Math.max(last, endings.get(index) ?? 0);
    }
    const parts = groups.slice(first, last + 1);
    joined.push(parts.length === 1 ? parts[0]! : { tokens: parts.flatMap(({ tokens }) => tokens), goesOn: false });
  }
  return joined;
}
