/**
 * Where the server is, as `https://host[/path]`. Every script of the app lies one folder below that, as built and in development, so no
 * page has to be told.
 */
export const SERVER: string = new URL(/* @vite-ignore */ '..', import.meta.url).href.replace(/\/$/, '');

/** The path of the server on its host, without a slash at the end; empty if it is the root. */
export const BASE_PATH: string = new URL(SERVER).pathname.replace(/\/$/, '');

/** A path of Weft, such as `/d/ID` or `/api/session`, as a path of the host, which links and requests take. */
export function hrefOf(path: string): string {
  return BASE_PATH + path;
}

/** The path of Weft that a path of the host means, with what follows it; undefined if that is not Weft's. */
export function ownPath(path: string, basePath: string = BASE_PATH): string | undefined {
  if (!path.startsWith(basePath)) return undefined;
  const rest = path.slice(basePath.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || /^[?#]/.test(rest) ? `/${rest}` : undefined;
}
