import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';
import { hrefOf, ownPath } from './base.ts';

/** Which page the address names. */
export type Route =
  | { readonly page: 'home' }
  /**
   * `isNew`: made a moment ago by this tab, so the person wants to type. `link`: the secret of a share link by which they come,
   * until it is redeemed.
   */
  | { readonly page: 'document'; readonly id: string; readonly isNew: boolean; readonly link?: string }
  /** `isDamaged`: it began as the address of a document does. */
  | { readonly page: 'missing'; readonly isDamaged: boolean };

/** The address bar as state, on the History API. Paths are those of Weft, without the base path. */
export class Router {
  #route = $state.raw<Route>({ page: 'home' });

  constructor() {
    this.#read();
  }

  get route(): Route {
    return this.#route;
  }

  /** Follows back and forward; returns the function that ends it. */
  listen(): () => void {
    const read = (): void => this.#read();
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }

  navigate(path: string, { isNew = false } = {}): void {
    history.pushState({ isNew }, '', hrefOf(path));
    this.#read();
  }

  /** As `navigate`, but back leads to the page before this one. */
  replace(path: string): void {
    history.replaceState(history.state, '', hrefOf(path));
    this.#read();
  }

  /** The share link was redeemed, or is of no use. */
  forgetLink(): void {
    this.#read();
  }

  #read(): void {
    const { pathname, search, hash } = location;
    const isNew = (history.state as { isNew?: boolean } | null)?.isNew === true;
    const own = ownPath(pathname);
    const address = readAddress((own ?? pathname) + search + hash);
    const path = own === undefined ? undefined : address.path;
    const { link } = address;
    const rest = link === undefined ? pathname : pathname.split(/[%&]/, 1)[0]!;
    const shown = path === undefined ? rest : hrefOf(path);
    // A reload is no longer new; and the secret goes before anything can see it: no history, no copied address, no request.
    if (isNew || link !== undefined || shown !== pathname) {
      history.replaceState(null, '', readAddress(`/${search}`).link === undefined ? shown + search : shown);
    }
    this.#route = path === undefined ? missing(own) : routeOf(path, isNew, link);
  }
}

function missing(own: string | undefined): Route {
  return { page: 'missing', isDamaged: own?.startsWith('/d/') === true };
}

function routeOf(path: string, isNew: boolean, link: string | undefined): Route {
  if (path === '/') return { page: 'home' };
  return { page: 'document', id: path.slice('/d/'.length), isNew, ...(link !== undefined && { link }) };
}

/** What an address within Weft means, whatever programs on its way have made of it. */
export interface Address {
  /** The path of the page that is meant; undefined if that is not certain. */
  readonly path: string | undefined;
  /** The secret of a share link, or what is left of it. */
  readonly link?: string;
}

/** How many times an address may have been escaped again. */
const ESCAPED = 4;
/** Whitespace, controls and invisible characters, which programs put into long lines. */
const UNSEEN = /[\s\p{Cc}\p{Cf}]/gu;
/** What ends a sentence, a parenthesis or a quotation around an address, and is no part of it. */
const CLOSING = /^[/.,;:!?)\]}>'"’”»›。、…*|\\]*$/u;

/**
 * Reads a path with query and fragment, as far as its meaning is certain. Mail programs, gateways and chats escape the `#`, add
 * parameters, break lines, and include the full stop behind an address.
 */
export function readAddress(address: string): Address {
  const plain = unescaped(address)
    .replace(/&(?:amp;)+/gi, '&')
    .replace(/&(?:#35|#x23|num);/gi, '#')
    .replace(UNSEEN, '');
  const secret = /[#?&]link=([\w-]*)/.exec(plain)?.[1]?.slice(0, LINK_SECRET_LENGTH);
  const link = secret === undefined ? {} : { link: secret };
  const [, id, behind] = /^\/+d\/+([\w-]{1,64})(.*)$/.exec(plain) ?? [];
  const ending = (behind ?? plain).replace(/[?#&].*$/, '');
  if (!CLOSING.test(ending)) return { path: undefined, ...link };
  return { path: id === undefined ? '/' : `/d/${id}`, ...link };
}

function unescaped(address: string): string {
  let plain = address;
  try {
    for (let round = 0; round < ESCAPED && plain.includes('%'); round += 1) plain = decodeURIComponent(plain);
  } catch {
    // A percent sign that escapes nothing: nobody escaped it anew.
  }
  return plain;
}
