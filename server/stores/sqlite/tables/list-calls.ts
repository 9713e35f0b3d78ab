import type Database from 'better-sqlite3';
import type { User } from '../../../../shared/protocol/fields.ts';
import type { DocumentLists, DocumentPage, ListedDocument, ListQuery } from '../../document-lists.ts';
import { matchInTitle } from '../../search-words.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { KeyTables } from '../log/key-tables.ts';
import type { AccessCalls } from './access-calls.ts';
import { DOCUMENTS, toRecord, type DocumentRow } from './document-rows.ts';
import { afterCursor, cursorOf, listSql, SORTED_BY, type PlaceInList } from './list-sql.ts';
import type { SearchTable } from './search-table.ts';

/** Writers that `unseen` names. */
const NAMED_WRITERS = 3;
/** Statements that are kept; there are so many kinds of lists, by their number of words. */
const KEPT = 200;

interface SeenRow {
  readonly snippet: string | null;
  readonly seenVersion: number | null;
  readonly seenAt: number | null;
  readonly isWatched: number;
}

/** The lists of documents. Users and documents that are numbers are keys. */
export class ListCalls implements Synchronous<DocumentLists> {
  readonly #database: Database.Database;
  readonly #keys: KeyTables;
  readonly #access: AccessCalls;
  readonly #search: SearchTable;
  readonly #statements = new Map<string, Database.Statement<[Record<string, unknown>], PlaceInList>>();
  readonly #document;
  readonly #seen;
  readonly #writers;

  constructor(database: Database.Database, keys: KeyTables, access: AccessCalls, search: SearchTable) {
    this.#database = database;
    this.#keys = keys;
    this.#access = access;
    this.#search = search;
    this.#document = database.prepare<[number], DocumentRow>(`${DOCUMENTS} WHERE document.key = ?`);
    this.#seen = database.prepare<[{ user: number; document: number }], SeenRow>(
      `SELECT (SELECT snippet FROM digest WHERE document = @document) AS snippet,
         visit.version AS seenVersion, visit.seen_at AS seenAt,
         EXISTS (SELECT 1 FROM watch WHERE user = @user AND document = @document) AS isWatched
       FROM (SELECT 1) LEFT JOIN visit ON visit.user = @user AND visit.document = @document`,
    );
    this.#writers = database.prepare<[{ document: number; after: number; except: number; limit: number }], User>(
      `SELECT user.id, name, color FROM writer JOIN user ON user.key = writer.user
       WHERE document = @document AND version > @after AND writer.user <> @except ORDER BY version DESC LIMIT @limit`,
    );
  }

  listDocuments(userId: string, query: ListQuery): DocumentPage {
    const { sort = 'edited', limit, cursor, words = [], only, now } = query;
    const user = this.#keys.user(userId)?.key ?? 0;
    const after = afterCursor(sort, cursor);
    if (after === undefined) return { documents: [] };
    const parameters: Record<string, unknown> = { user, now, ...after, limit: limit + 1, only: JSON.stringify(only) };
    const inTexts: boolean[] = [];
    for (const [index, word] of words.entries()) {
      const expression = this.#search.expressionFor(word);
      inTexts.push(expression !== undefined);
      Object.assign(parameters, { [`word${index}`]: word, [`expression${index}`]: expression });
    }
    const rows = this.#statement(query, inTexts).all(parameters);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last !== undefined ? cursorOf(sort, last) : undefined;
    const documents = page.map(({ key }) => this.#listed(key, user, words));
    return { documents, ...(next !== undefined && { next }) };
  }

  #statement({ show, sort = 'edited', only }: ListQuery, inTexts: readonly boolean[]) {
    const kind = JSON.stringify([show, sort, only !== undefined, inTexts]);
    let statement = this.#statements.get(kind);
    if (statement === undefined) {
      if (this.#statements.size >= KEPT) this.#statements.clear();
      const sql = listSql({ show, sort: SORTED_BY[sort], isOnly: only !== undefined, inTexts });
      statement = this.#database.prepare(sql);
      this.#statements.set(kind, statement);
    }
    return statement;
  }

  #listed(key: number, user: number, words: readonly string[]): ListedDocument {
    const document = toRecord(this.#document.get(key)!);
    const { snippet, seenVersion, seenAt, isWatched } = this.#seen.get({ user, document: key })!;
    const writers = (after: number, except: number, limit: number): User[] =>
      this.#writers.all({ document: key, after, except, limit });
    const [editedBy] = writers(0, 0, 1);
    const changes = seenVersion === null ? 0 : document.version - seenVersion;
    const by = changes > 0 ? writers(seenVersion!, user, NAMED_WRITERS) : [];
    const match =
      words.length === 0 ? undefined : (matchInTitle(document.title, words) ?? this.#search.match(key, words));
    return {
      document,
      access: this.#access.access(key, user),
      isWatched: isWatched === 1,
      snippet: snippet ?? '',
      ...(seenAt !== null && { openedAt: seenAt }),
      ...(by.length > 0 && { unseen: { changes, by } }),
      ...(editedBy !== undefined && { editedBy }),
      ...(match !== undefined && { match }),
    };
  }
}
