import type { SHOWN, SORTS } from '../../shared/protocol/http.ts';
import { readAddress } from '../app/router.svelte.ts';

export type Shown = (typeof SHOWN)[number];
export type Sort = (typeof SORTS)[number];

/** In the order in which they are offered; the first ones are usual. */
export const FILTERS: readonly Shown[] = ['all', 'mine', 'shared', 'watched', 'bin'];
export const ORDERS: readonly Sort[] = ['edited', 'opened', 'title', 'created'];

/** Which documents are shown, and how they are sorted. */
export interface HomeQuery {
  readonly show: Shown;
  readonly sort: Sort;
  /** What is searched for; empty for everything. */
  readonly words: string;
}

/** UTF-16 units of a search at most; the server takes no more. */
export const LONGEST_SEARCH = 200;

/** Reads the query of the address; what it does not understand counts as nothing. */
export function readQuery(search: string): HomeQuery {
  const query = new URLSearchParams(search);
  return {
    show: FILTERS.find((one) => one === query.get('show')) ?? 'all',
    sort: ORDERS.find((one) => one === query.get('sort')) ?? 'edited',
    words: (query.get('q') ?? '').trim().slice(0, LONGEST_SEARCH),
  };
}

/** The address of the list with a query: what is usual is left out, and so are words that hold the secret of a link. */
export function addressOf({ show, sort, words }: HomeQuery): string {
  const query = new URLSearchParams();
  if (show !== 'all') query.set('show', show);
  if (sort !== 'edited') query.set('sort', sort);
  if (words !== '' && readAddress(`/?q=${encodeURIComponent(words)}`).link === undefined) query.set('q', words);
  return query.size === 0 ? '/' : `/?${query}`;
}
