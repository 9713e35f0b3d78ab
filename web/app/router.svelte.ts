import { readAddress } from './address.ts';

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

/** The address bar as state, on the History API. */
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
    history.pushState({ isNew }, '', path);
    this.#read();
  }

  /** The share link was redeemed, or is of no use. */
  forgetLink(): void {
    this.#read();
  }

  #read(): void {
    const { pathname, search, hash } = location;
    const isNew = (history.state as { isNew?: boolean } | null)?.isNew === true;
    const { path, link } = readAddress(pathname + search + hash);
    const shown = path ?? (link === undefined ? pathname : pathname.split(/[%&]/, 1)[0]!);
    // A reload is no longer new; and the secret goes before anything can see it: no history, no copied address, no request.
    if (isNew || link !== undefined || shown !== pathname) {
      history.replaceState(null, '', readAddress(`/${search}`).link === undefined ? shown + search : shown);
    }
    this.#route = routeOf(path, isNew, link);
  }
}

function routeOf(path: string | undefined, isNew: boolean, link: string | undefined): Route {
  if (path === '/') return { page: 'home' };
  if (path === undefined) return { page: 'missing', isDamaged: location.pathname.startsWith('/d/') };
  return { page: 'document', id: path.slice('/d/'.length), isNew, ...(link !== undefined && { link }) };
}
