import type { FastifyRequest } from 'fastify';
import type { Config } from '../../setup/config.ts';
import type { DocumentRecord } from '../../stores/document-catalogue.ts';
import type { HeadLink } from './html-pages.ts';

/** Whether somebody who has nothing but the link reads the document, so that it may be shown on pages whose visitors nobody knows. */
export function isOpenByLink({ guests }: Pick<Config, 'guests'>, { linkAccess, trashedAt }: DocumentRecord): boolean {
  return guests && linkAccess !== 'none' && trashedAt === undefined;
}

/** Whether there are pages of other origins on which the owner wants it. */
export function isEmbedded({ embedOrigins }: DocumentRecord): boolean {
  return embedOrigins?.length !== 0;
}

/** By what other sites find out how to show the document of this page (oEmbed discovery). */
export function oembedLinks(
  { protocol, host }: FastifyRequest,
  config: Config,
  document: DocumentRecord | undefined,
): readonly HeadLink[] {
  if (document === undefined || !isOpenByLink(config, document) || !isEmbedded(document)) return [];
  const server = `${protocol}://${host}${config.basePath}`;
  const query = new URLSearchParams({ url: `${server}/d/${document.id}`, format: 'json' });
  return [{ rel: 'alternate', type: 'application/json+oembed', href: `${server}/api/oembed?${query.toString()}` }];
}
