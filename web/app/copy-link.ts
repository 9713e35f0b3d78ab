import { copyText } from '../ui/text-export.ts';
import { partWords } from '../words/en/parts.ts';
import type { AppContext } from './context.ts';

/** The link to a document, for whoever can see it. */
export function linkTo(id: string): string {
  return `${location.origin}/d/${id}`;
}

/** Puts the link to a document on the clipboard, and says so; where the browser refuses, it says the link. */
export async function copyLink({ toasts }: Pick<AppContext, 'toasts'>, id: string): Promise<void> {
  const link = linkTo(id);
  toasts.show((await copyText(link)) ? partWords.linkCopied : partWords.copyByHand(link));
}
