import type { ListedDocumentBody } from '../../shared/protocol/http.ts';
import { monthOf } from '../words/formats.ts';
import { homeWords } from '../words/en/home.ts';
import type { HomeQuery } from './home-query.ts';
import { timeOf } from './list-news.ts';

/** A document in its place. */
export interface Row {
  readonly document: ListedDocumentBody;
  /** The heading of the section that begins with it. */
  readonly heading?: string;
}

interface Source {
  readonly documents: readonly ListedDocumentBody[];
  /** The ids of those that stand in the first section, because others are in them. */
  readonly here: ReadonlySet<string>;
  readonly query: HomeQuery;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Documents under headings: those where others are, then by time. What is found, titles and the bin have no sections. */
export function rowsOf({ documents, here, query, now }: Source): readonly Row[] {
  const { sort, words, show } = query;
  if (words !== '' || sort === 'title' || show === 'bin') return documents.map((document) => ({ document }));
  const rows: Row[] = [];
  let before: string | undefined;
  const add = (document: ListedDocumentBody, heading: string): void => {
    rows.push(heading === before ? { document } : { document, heading });
    before = heading;
  };
  for (const one of documents) if (here.has(one.id)) add(one, homeWords.here);
  for (const one of documents) if (!here.has(one.id)) add(one, sectionOf(timeOf(one, sort), now));
  return rows;
}

/** The heading for what happened at a time, both in milliseconds since 1970. A week begins on Monday. */
function sectionOf(at: number, now: number): string {
  if (at === 0) return homeWords.neverOpened;
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (at >= new Date(year, month, day).getTime()) return homeWords.today;
  if (at >= new Date(year, month, day - ((today.getDay() + 6) % 7)).getTime()) return homeWords.thisWeek;
  if (at >= new Date(year, month).getTime()) return homeWords.thisMonth;
  return monthOf(at, now);
}
