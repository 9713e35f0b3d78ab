import type Database from 'better-sqlite3';
import type { DocumentCatalogue, DocumentFields, DocumentPage, DocumentRecord } from '../../document-catalogue.ts';
import type { LinkAccess } from '../../../../shared/protocol/roles.ts';
import type { Change } from '../../../../shared/sync/change.ts';
import type { User } from '../../../../shared/protocol/fields.ts';
import { StoreError } from '../../store-error.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { ChangeLog } from '../log/change-log.ts';
import { plain, type KeyTables } from '../log/key-tables.ts';
import { edgeOfRuns } from '../log/run-table.ts';
import type { AccessCalls } from './access-calls.ts';

interface DocumentRow {
  readonly key: number;
  readonly id: string;
  readonly title: string;
  readonly linkAccess: LinkAccess;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly trashedAt: number | null;
  readonly version: number;
}

type NewDocument = Parameters<DocumentCatalogue['createDocument']>[0];
type ListOptions = Parameters<DocumentCatalogue['listDocuments']>[1];

/** Version and time of the text come from the newest run, so that typing never writes the document's row. */
const SELECT = `
  SELECT document.key, document.id, title, link_access AS linkAccess, created_at AS createdAt,
    max(updated_at, coalesce(run.timestamp, 0)) AS updatedAt, trashed_at AS trashedAt,
    coalesce(run.version + run.size - 1, 0) AS version
  FROM document LEFT JOIN run ON run.key = ${edgeOfRuns('max')}`;

/** The calls on the table of documents. Those that write are called inside a transaction. */
export class CatalogueCalls implements Synchronous<DocumentCatalogue> {
  readonly #keys: KeyTables;
  readonly #log: ChangeLog;
  readonly #access: AccessCalls;
  readonly #insert;
  readonly #find;
  readonly #list;
  readonly #update;

  constructor(database: Database.Database, keys: KeyTables, log: ChangeLog, access: AccessCalls) {
    this.#keys = keys;
    this.#log = log;
    this.#access = access;
    this.#insert = database.prepare(
      'INSERT INTO document (id, title, creator, link_access, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#find = database.prepare<[string], DocumentRow>(`${SELECT} WHERE document.id = ?`);
    this.#list = database.prepare<
      [{ user: number; trash: number; updatedAt: number; key: number; limit: number }],
      DocumentRow
    >(
      `SELECT * FROM (${SELECT} WHERE (trashed_at IS NOT NULL) = @trash AND document.key IN
         (SELECT document FROM member WHERE user = @user AND (role = 'owner' OR NOT @trash)))
       WHERE (updatedAt, key) < (@updatedAt, @key) ORDER BY updatedAt DESC, key DESC LIMIT @limit`,
    );
    this.#update = database.prepare(
      'UPDATE document SET title = ?, link_access = ?, trashed_at = ?, updated_at = ? WHERE key = ?',
    );
  }

  createDocument(
    { id, title, linkAccess, createdAt }: NewDocument,
    owner: User,
    firstChange: Change | undefined,
  ): DocumentRecord {
    const { key } = this.#keys.saveUser(owner);
    const { lastInsertRowid } = this.#insert.run(plain(id), plain(title), key, linkAccess, createdAt, createdAt);
    this.#access.addOwner(Number(lastInsertRowid), key, createdAt);
    if (firstChange !== undefined) {
      const run = { documentId: id, previous: { version: 0, timestamp: 0 }, changes: [firstChange] };
      const outcome = this.#log.append({ ...run, authors: [owner] });
      if (outcome !== 'accepted') throw new StoreError('STORE_MISUSED', 'The first change cannot be written');
    }
    return this.findDocument(id)!;
  }

  findDocument(id: string): DocumentRecord | undefined {
    const row = this.#find.get(id);
    return row && toRecord(row);
  }

  listDocuments(userId: string, { trash, limit, cursor }: ListOptions): DocumentPage {
    const user = this.#keys.user(userId)?.key;
    const after = cursor === undefined ? { updatedAt: Number.MAX_SAFE_INTEGER, key: 0 } : parseCursor(cursor);
    if (user === undefined || after === undefined) return { documents: [] };
    const rows = this.#list.all({ user, trash: trash ? 1 : 0, ...after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next = rows.length > limit && last !== undefined ? `${last.updatedAt}-${last.key}` : undefined;
    const documents = page.map((row) => ({ document: toRecord(row), access: this.#access.access(row.key, user) }));
    return { documents, ...(next !== undefined && { next }) };
  }

  updateDocument(id: string, fields: DocumentFields, now: number): DocumentRecord | undefined {
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    const { title = row.title, linkAccess = row.linkAccess, trashed = row.trashedAt !== null } = fields;
    const trashedAt = trashed ? (row.trashedAt ?? now) : null;
    this.#update.run(plain(title), linkAccess, trashedAt, now, row.key);
    return this.findDocument(id);
  }
}

function toRecord({ key: _key, trashedAt, ...row }: DocumentRow): DocumentRecord {
  return trashedAt === null ? row : { ...row, trashedAt };
}

/** Undefined if no page has named this cursor; there is no page after it. */
function parseCursor(cursor: string): { updatedAt: number; key: number } | undefined {
  const [, updatedAt, key] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor) ?? [];
  return updatedAt === undefined ? undefined : { updatedAt: Number(updatedAt), key: Number(key) };
}
