import type { DocumentSession } from '../../shared/client/document-session.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { within } from '../../shared/clock.ts';
import { renderedDocument } from './one-off.ts';

/** Milliseconds that a person waits for the print dialog; then the text is printed as it is written. */
const PATIENCE = 5_000;

/** Opens the browser's print dialog for the rendered document; for the text as it is written, if it cannot be rendered in time. */
export async function print(session: DocumentSession): Promise<void> {
  const article = await within(platformClock, PATIENCE, renderedDocument(session));
  if (article === undefined) return window.print();
  // A browser that never says that it has printed leaves the one before.
  document.querySelector('.print-copy')?.remove();
  article.className = 'rendered print-copy';
  for (const details of article.querySelectorAll('details')) details.open = true;
  document.body.append(article);
  window.addEventListener('afterprint', () => article.remove(), { once: true });
  window.print();
}
