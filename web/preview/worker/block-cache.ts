import { loadLanguagesOf } from './code-languages.ts';
import { markupOf } from './markdown-blocks.ts';
import type { PreviewBlock, RenderAnswer, PreviewNode } from './preview-tree.ts';
import { safeTree } from './safe-tree.ts';

/** Renders one text after the other, and makes a tree only of blocks that the text before did not have. */
export class BlockCache {
  readonly #treeOf: (html: string) => readonly PreviewNode[];
  #keys = new Map<string, number>();
  #next = 0;

  constructor(treeOf: (html: string) => readonly PreviewNode[] = safeTree) {
    this.#treeOf = treeOf;
  }

  async render(text: string): Promise<RenderAnswer> {
    const keys = new Map<string, number>();
    const blocks: PreviewBlock[] = [];
    const fresh: [number, readonly PreviewNode[]][] = [];
    for (const { html, ...place } of markupOf(text)) {
      let key = keys.get(html) ?? this.#keys.get(html);
      if (key === undefined) {
        key = this.#next;
        this.#next += 1;
        await loadLanguagesOf(html);
        fresh.push([key, this.#treeOf(html)]);
      }
      keys.set(html, key);
      blocks.push({ key, ...place });
    }
    this.#keys = keys;
    return { blocks, fresh };
  }
}
