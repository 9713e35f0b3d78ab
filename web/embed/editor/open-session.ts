import { openBrowserSession } from '../../../shared/client/browser.ts';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { EmbedOptions } from '../contract.ts';

/** Opens a document without a view, and connects. `server` is the page's own origin by default. */
export function openSession(
  options: Pick<EmbedOptions, 'document' | 'server' | 'token' | 'user' | 'link'>,
): DocumentSession {
  const { document, server, token, user, link } = options;
  const session = openBrowserSession({
    documentId: document,
    credentials: 'omit',
    ...(server !== undefined && { origin: server }),
    ...(token !== undefined && { token }),
    ...(user?.name !== undefined && { name: user.name }),
    ...(user?.color !== undefined && { color: user.color }),
    ...(link !== undefined && { link }),
  });
  session.connect();
  return session;
}
