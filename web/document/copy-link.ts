import type { AppContext } from '../app/context.ts';
import { copyText } from '../ui/text-export.ts';
import { frameWords } from '../words/en/frame.ts';

/** Puts the link to this document on the clipboard, and says so; where the browser refuses, it says the link. */
export async function copyLink({ toasts }: Pick<AppContext, 'toasts'>): Promise<void> {
  const link = `${location.origin}${location.pathname}`;
  toasts.show((await copyText(link)) ? frameWords.linkCopied : frameWords.linkIs(link));
}
