import type { DocumentSession } from '../../shared/client/document-session.ts';
import { renderedDocument } from './one-off.ts';

/**
 * Puts the document on the clipboard as other programs paste it: rendered for those that know formats, as it is written for the
 * others. Call it while a click or key is handled, or browsers refuse. False if this one does, or nothing could be rendered.
 */
export async function copyRichText(session: DocumentSession): Promise<boolean> {
  const html = renderedDocument(session).then((article) => new Blob([plainMarkup(article)], { type: 'text/html' }));
  // Said by `write` too; a browser without it would leave it unsaid.
  html.catch(() => undefined);
  const text = new Blob([session.text.toString()], { type: 'text/plain' });
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': text })]);
    return true;
  } catch {
    return false;
  }
}

/** Markup without what only this page can use. */
function plainMarkup(article: HTMLElement): string {
  for (const box of article.querySelectorAll('input')) box.replaceWith(box.hasAttribute('checked') ? '☑' : '☐');
  for (const link of article.querySelectorAll('a[href^="#"]')) link.replaceWith(...link.childNodes);
  for (const frame of article.querySelectorAll('.block, .wide')) frame.replaceWith(...frame.childNodes);
  for (const element of article.querySelectorAll('*'))
    for (const { name } of [...element.attributes])
      if (!['href', 'align', 'start', 'dir', 'src', 'alt', 'colspan', 'rowspan'].includes(name))
        element.removeAttribute(name);
  return article.innerHTML;
}
