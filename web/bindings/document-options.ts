import type { EmbedOptions } from '../embed/contract.ts';

/** Which document a session without a view is of, and who joins. The same words as an editor's. */
export type DocumentOptions = Pick<EmbedOptions, 'document' | 'server' | 'token' | 'user' | 'link'>;

/**
 * The same for all options that one session can serve. A token is asked for anew each time it is needed, so that only whether
 * there is one counts; everything else is told when a session is opened.
 */
export function sessionKey({ document, server, token, user, link }: DocumentOptions): string {
  const parts = [document, server, token !== undefined, user?.name, user?.color, link?.secret, link?.password];
  return JSON.stringify(parts.map((part) => part ?? null));
}
