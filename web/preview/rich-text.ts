import type { DocumentSession } from '../../shared/client/document-session.ts';
import { renderedDocument } from './one-off.ts';

/** The document as other programs paste it, as HTML. Rejects with PreviewError. */
export async function richText(session: Pick<DocumentSession, 'text'>): Promise<Blob> {
  return new Blob([plainMarkup(await renderedDocument(session))], { type: 'text/html' });
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
