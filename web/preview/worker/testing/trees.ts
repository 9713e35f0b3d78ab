import { BlockCache } from '../block-cache.ts';
import type { PreviewElement, PreviewNode } from '../preview-tree.ts';

/** The blocks of a text, each with its nodes. */
export async function renderText(text: string): Promise<(readonly PreviewNode[])[]> {
  const { blocks, fresh } = await new BlockCache().render(text);
  const nodes = new Map(fresh);
  return blocks.map(({ key }) => nodes.get(key)!);
}

/** All elements, parents first. */
export function elementsIn(nodes: readonly PreviewNode[]): PreviewElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsIn(node.children)]));
}

export function attributesIn(nodes: readonly PreviewNode[]): [name: string, value: string][] {
  return elementsIn(nodes).flatMap(({ attributes }) => Object.entries(attributes));
}

export function textIn(nodes: readonly PreviewNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textIn(node.children))).join('');
}
