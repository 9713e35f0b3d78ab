import type { ListedDocumentBody } from '../../shared/protocol/http.ts';
import type { Sort } from './home-query.ts';

type Documents = readonly ListedDocumentBody[];

/** What a list looks like once its first page was read again: documents of further pages stay behind it. */
export function joined(known: Documents, first: Documents, sort: Sort): Documents {
  const last = first.at(-1);
  if (last === undefined || known.length <= first.length) return first;
  const ids = new Set(first.map(({ id }) => id));
  return [...first, ...known.filter((one) => !ids.has(one.id) && isBehind(one, last, sort))];
}

/** Of titles the server alone knows the order: what may be behind stays. */
function isBehind(one: ListedDocumentBody, last: ListedDocumentBody, sort: Sort): boolean {
  if (sort === 'title') return one.title.localeCompare(last.title) >= 0;
  return timeOf(one, sort) <= timeOf(last, sort);
}

/** The time by which a list is sorted, in milliseconds since 1970; 0 for what was never opened. */
export function timeOf(one: ListedDocumentBody, sort: Sort): number {
  if (sort === 'opened') return one.openedAt ?? 0;
  return sort === 'created' ? one.createdAt : one.updatedAt;
}

/** The same documents in the same places, with what is known of them now. */
export function told(known: Documents, fresh: Documents): Documents {
  const byId = new Map(fresh.map((one) => [one.id, one]));
  return known.map((one) => byId.get(one.id) ?? one);
}

/** How many of `next` are not in `known`, or stand above something that stood above them. */
export function newsIn(known: Documents, next: Documents): number {
  const places = new Map(known.map(({ id }, index) => [id, index]));
  let count = 0;
  let lowest = Infinity;
  for (const { id } of next.toReversed()) {
    const place = places.get(id);
    if (place === undefined || place > lowest) count += 1;
    else lowest = place;
  }
  return count;
}

/** Those that somebody else than `self` is in. */
export function hereNow(documents: Documents, self: string | undefined): ReadonlySet<string> {
  return new Set(documents.filter((one) => one.present.some(({ id }) => id !== self)).map(({ id }) => id));
}
