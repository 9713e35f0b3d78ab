import type { EmbedHost } from '../host.ts';

/**
 * The server of an element, without a slash at the end: the one it names, else the one that its script came from, else the host's own.
 * Undefined if what it names is no address of a server.
 */
export function serverOf({ element, scriptServer }: Pick<EmbedHost, 'element' | 'scriptServer'>): string | undefined {
  const given = element.getAttribute('server') || scriptServer || location.origin;
  if (!URL.canParse(given, location.href)) return undefined;
  const { protocol, origin, pathname } = new URL(given, location.href);
  return protocol === 'https:' || protocol === 'http:' ? `${origin}${pathname}`.replace(/\/+$/, '') : undefined;
}
