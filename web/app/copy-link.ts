import { copyText } from '../ui/text-export.ts';
import { partWords } from '../words/en/parts.ts';
import { SERVER } from './base.ts';
import type { AppContext } from './context.ts';

/** The link to a document, for whoever can see it. */
export function linkTo(id: string): string {
  return `${SERVER}/d/${id}`;
}

/** Puts a link on the clipboard, and says so; where the browser refuses, it says the link. */
export async function copyLink({ toasts }: Pick<AppContext, 'toasts'>, link: string): Promise<void> {
  toasts.show((await copyText(link)) ? partWords.linkCopied : partWords.copyByHand(link));
}
