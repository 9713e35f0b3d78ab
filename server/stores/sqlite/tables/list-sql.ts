import type { Shown, Sort } from '../../document-lists.ts';
import { NEWEST_RUN, UPDATED_AT } from './document-rows.ts';
import { found } from './search-table.ts';

/** Where a document stands in a list. */
export interface PlaceInList {
  readonly key: number;
  /** What it is sorted by. */
  readonly value: number | string;
}

/** How a list is sorted. */
interface Order {
  /** SQL for what documents are sorted by, of `document`, `visit` and `run`. */
  readonly value: string;
  readonly isDescending: boolean;
  /** Whether `value` needs the newest run. */
  readonly needsRun?: boolean;
}

export const SORTED_BY: Readonly<Record<Sort, Order>> = {
  edited: { value: UPDATED_AT, isDescending: true, needsRun: true },
  opened: { value: 'coalesce(visit.seen_at, 0)', isDescending: true },
  created: { value: 'document.created_at', isDescending: true },
  title: { value: 'document.title_key', isDescending: false },
};

/** What makes a list. */
interface ListKind {
  readonly show: Shown;
  readonly sort: Order;
  /** Only the documents whose ids are in `@only`. */
  readonly isOnly: boolean;
  /** For each word, whether it is looked for in texts too. */
  readonly inTexts: readonly boolean[];
}

const MEMBER = 'SELECT document FROM member WHERE user = @user';
const OWNED = `${MEMBER} AND role = 'owner'`;
const BY_LINK = `SELECT share_link.document FROM redemption JOIN share_link ON share_link.key = redemption.link
  WHERE redemption.user = @user AND NOT is_cut AND (expires_at IS NULL OR expires_at > @now)`;
const BY_LINK_ACCESS = ['visit', 'watch'].map(
  (table) => `SELECT ${table}.document FROM ${table} JOIN document AS open ON open.key = ${table}.document
    WHERE ${table}.user = @user AND open.link_access <> 'none'`,
);
const ALL = [MEMBER, BY_LINK, ...BY_LINK_ACCESS].join(' UNION ');

/** The documents that a list is taken from, before `FILTERS`. */
const CANDIDATES: Readonly<Record<Shown, string>> = {
  member: MEMBER,
  all: ALL,
  mine: OWNED,
  shared: ALL,
  watched: ALL,
  bin: OWNED,
};
const FILTERS: Partial<Record<Shown, string>> = {
  shared: `document.key NOT IN (${OWNED})`,
  watched: 'document.key IN (SELECT document FROM watch WHERE user = @user)',
};

/** SQL for one page of a list: the place of each of its documents, and of the first one of the next page. */
export function listSql({ show, sort, isOnly, inTexts }: ListKind): string {
  const { value, isDescending, needsRun } = sort;
  const candidates = isOnly
    ? 'SELECT key FROM document WHERE id IN (SELECT value FROM json_each(@only))'
    : CANDIDATES[show];
  const conditions = [
    `document.key IN (${candidates})`,
    `trashed_at IS ${show === 'bin' ? 'NOT NULL' : 'NULL'}`,
    ...(FILTERS[show] === undefined ? [] : [FILTERS[show]]),
    ...inTexts.map((inText, index) => {
      const inTitle = `instr(title_key, @word${index}) > 0`;
      return inText ? `(${inTitle} OR document.key IN ${found(`@expression${index}`)})` : inTitle;
    }),
  ];
  const direction = isDescending ? 'DESC' : 'ASC';
  return `SELECT key, value FROM (
      SELECT document.key, ${value} AS value FROM document
      ${needsRun === true ? NEWEST_RUN : ''}
      LEFT JOIN visit ON visit.user = @user AND visit.document = document.key
      WHERE ${conditions.join(' AND ')})
    WHERE @key IS NULL OR (value, key) ${isDescending ? '<' : '>'} (@value, @key)
    ORDER BY value ${direction}, key ${direction} LIMIT @limit`;
}

/** The parameters that a cursor stands for; undefined if no page has named it, and there is no page after it. */
export function afterCursor(
  sort: Sort,
  cursor: string | undefined,
): { value: number | string | null; key: number | null } | undefined {
  if (cursor === undefined) return { value: null, key: null };
  const [, value, key] = /^([\w-]*)\.(\d{1,15})$/.exec(cursor) ?? [];
  if (value === undefined) return undefined;
  if (sort === 'title') return { value: Buffer.from(value, 'base64url').toString(), key: Number(key) };
  return /^\d{1,15}$/.test(value) ? { value: Number(value), key: Number(key) } : undefined;
}

/** The cursor of the page after a document. */
export function cursorOf(sort: Sort, { value, key }: PlaceInList): string {
  return `${sort === 'title' ? Buffer.from(String(value)).toString('base64url') : value}.${key}`;
}
