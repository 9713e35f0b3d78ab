import type * as markdown from './markdown.ts';

/** What `markdown.ts` exports. */
export type MarkdownPart = typeof markdown;

let part: MarkdownPart | undefined;

/** Markdown, if it is loaded already. */
export function loadedMarkdown(): MarkdownPart | undefined {
  return part;
}

/**
 * Loads Markdown: a fifth of the editor, which the first letters on the screen do not need. Undefined if it cannot be loaded; then
 * the text is plain until the next document is opened.
 */
export async function loadMarkdown(): Promise<MarkdownPart | undefined> {
  try {
    return (part ??= await import('./markdown.ts'));
  } catch {
    return undefined;
  }
}
