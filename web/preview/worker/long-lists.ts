import type { Token } from 'markdown-it';

/** Tokens that belong to one block. */
export interface TokenGroup {
  readonly tokens: readonly Token[];
  /** It continues the list of the group before. */
  readonly goesOn: boolean;
}

/** Items of a list that are one block: a change in a list of thousands renders so many of them anew. */
const ITEMS = 50;

/** A long list as several that look like one; everything else as it is. */
export function inPieces(group: TokenGroup): TokenGroup[] {
  const [open, close] = [group.tokens[0]!, group.tokens.at(-1)!];
  if (open.type !== 'bullet_list_open' && open.type !== 'ordered_list_open') return [group];
  const starts = group.tokens.flatMap(({ type, level }, index) =>
    type === 'list_item_open' && level === open.level + 1 ? [index] : [],
  );
  if (starts.length <= ITEMS) return [group];
  const pieces: TokenGroup[] = [];
  for (let item = 0; item < starts.length; item += ITEMS) {
    const items = group.tokens.slice(starts[item], starts[item + ITEMS] ?? -1);
    const copy = Object.assign(Object.create(Object.getPrototypeOf(open) as object) as Token, open);
    copy.attrs = open.attrs?.map(([name, value]): [string, string] => [name, value]) ?? null;
    copy.map = [items[0]!.map![0], Math.max(...items.flatMap(({ map }) => (map === null ? [] : [map[1]])))];
    if (open.type === 'ordered_list_open') copy.attrSet('start', String(Number(open.attrGet('start') ?? 1) + item));
    pieces.push({ tokens: [copy, ...items, close], goesOn: item > 0 });
  }
  return pieces;
}
