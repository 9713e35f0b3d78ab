import type { PreviewNode } from './preview-tree.ts';

const LETTER = /\p{L}/u;
/** The blocks of Hebrew, Arabic and the other scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The direction of the first letter; undefined without one. Said of every block by name, because `dir="auto"` of a list looks past
 * items that have a direction of their own.
 */
export function directionOf(nodes: readonly PreviewNode[]): 'rtl' | 'ltr' | undefined {
  const letter = firstLetter(nodes);
  return letter === undefined ? undefined : RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}

function firstLetter(nodes: readonly PreviewNode[]): string | undefined {
  for (const node of nodes) {
    const found = typeof node === 'string' ? LETTER.exec(node)?.[0] : firstLetter(node.children);
    if (found !== undefined) return found;
  }
  return undefined;
}
