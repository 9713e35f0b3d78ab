import type { DocumentSession } from '../../shared/client/document-session.ts';

/**
 * Puts the document on the clipboard: rendered for programs that know formats, as it is written for the others. Call it while a click
 * or key is handled: browsers refuse what comes later, so what renders is loaded behind the promise that they are given. False if
 * the browser refuses, or nothing could be rendered. Rejects if what renders could not be loaded.
 */
export async function copyRichText(session: Pick<DocumentSession, 'text'>): Promise<boolean> {
  const part = import('./rich-text.ts');
  const html = part.then(({ richText }) => richText(session));
  // Said by `write` too; a browser without it would leave it unsaid.
  html.catch(() => undefined);
  const text = new Blob([session.text.toString()], { type: 'text/plain' });
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': text })]);
    return true;
  } catch {
    await part;
    return false;
  }
}
