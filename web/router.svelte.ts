/** Which page the address names. */
export type Route =
  | { readonly page: 'home' }
  /**
   * `isNew`: made a moment ago by this tab, so the person wants to type. `link`: the secret of a share link by which they come,
   * until it is redeemed.
   */
  | { readonly page: 'document'; readonly id: string; readonly isNew: boolean; readonly link?: string }
  | { readonly page: 'missing' };

/** The address bar as state, on the History API. */
export class Router {
  #route = $state.raw<Route>({ page: 'missing' });

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
    this.#route = routeOf(location.pathname);
  }

  #read(): void {
    const isNew = (history.state as { isNew?: boolean } | null)?.isNew === true;
    const link = linkOf(location.hash);
    // A reload is no longer new; and the secret goes before anything can see it: no history, no copied address, no request.
    if (isNew || link !== undefined) history.replaceState(null, '', location.pathname + location.search);
    this.#route = routeOf(location.pathname, isNew, link);
  }
}

/** The page of a path. */
export function routeOf(path: string, isNew = false, link?: string): Route {
  if (path === '/') return { page: 'home' };
  const id = /^\/d\/([A-Za-z0-9_-]{1,64})\/?$/.exec(path)?.[1];
  return id === undefined ? { page: 'missing' } : { page: 'document', id, isNew, ...(link !== undefined && { link }) };
}

/** The secret of a share link in the fragment of an address; a fragment never leaves the browser. */
function linkOf(hash: string): string | undefined {
  return /^#link=(.*)$/.exec(hash)?.[1];
}
