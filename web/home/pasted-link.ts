import { ownPath } from '../app/base.ts';
import { readAddress } from '../app/router.svelte.ts';

/** What somebody pasted as the link of a document: where it leads to here, or why that is not known. */
export type PastedLink =
  | { readonly kind: 'here'; readonly path: string }
  | { readonly kind: 'elsewhere'; readonly host: string }
  | { readonly kind: 'empty' | 'unclear' };

/**
 * Reads a link to a document or an invite link of this server, whole, without `https://`, or from its path on. `host` is that of this
 * page, with its port. Http and https count as the same.
 */
export function readPastedLink(pasted: string, { host, basePath }: { host: string; basePath: string }): PastedLink {
  const text = pasted.replace(/^[\s\p{Cf}<("'“‘「『]+/u, '').trimEnd();
  if (text === '') return { kind: 'empty' };
  const [, named, rest] = /^(?:https?:\/\/)([^/?#\s]*)(.*)$/is.exec(text) ?? [];
  if (named !== undefined && named.toLowerCase() !== host) return { kind: 'elsewhere', host: named };
  const behind = rest ?? (text.toLowerCase().startsWith(`${host}/`) ? text.slice(host.length) : undefined);
  const path = ownPath(behind ?? text, basePath) ?? (behind === undefined ? text : undefined);
  if (path === undefined) return { kind: 'elsewhere', host };
  const address = readAddress(path.startsWith('d/') ? `/${path}` : path);
  if (address.path === undefined || address.path === '/') return { kind: 'unclear' };
  return { kind: 'here', path: address.path + (address.link === undefined ? '' : `#link=${address.link}`) };
}
