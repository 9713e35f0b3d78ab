import type Database from 'better-sqlite3';
import type { Authority } from '../../access-catalogue.ts';
import type { DocumentCatalogue, DocumentFields, DocumentRecord } from '../../document-catalogue.ts';
import type { Change } from '../../../../shared/sync/change.ts';
import type { User } from '../../../../shared/protocol/fields.ts';
import { applyToString } from '../../../../shared/text/edit.ts';
import { headingOf } from '../../../../shared/text/opening.ts';
import { StoreError } from '../../store-error.ts';
import { composed, folded } from '../../search-words.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { ChangeLog } from '../log/change-log.ts';
import { plain, type KeyTables } from '../log/key-tables.ts';
import type { AccessCalls } from './access-calls.ts';
import { Deletion } from './deletion.ts';
import { DOCUMENTS, toRecord, type DocumentRow } from './document-rows.ts';

type NewDocument = Parameters<DocumentCatalogue['createDocument']>[0];

/** The calls on the table of documents. Those that write are called inside a transaction. */
export class CatalogueCalls implements Synchronous<DocumentCatalogue> {
  readonly #keys: KeyTables;
  readonly #log: ChangeLog;
  readonly #access: AccessCalls;
  readonly #deletion: Deletion;
  readonly #insert;
  readonly #find;
  readonly #update;
  readonly #name;

  constructor(database: Database.Database, keys: KeyTables, log: ChangeLog, access: AccessCalls) {
    this.#keys = keys;
    this.#log = log;
    this.#access = access;
    this.#deletion = new Deletion(database);
    this.#insert = database.prepare(
      `INSERT INTO document (id, title, is_named, heading, title_key, creator, link_access, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = database.prepare<[string], DocumentRow>(`${DOCUMENTS} WHERE document.id = ?`);
    this.#update = database.prepare(
      'UPDATE document SET link_access = ?, trashed_at = ?, embed_origins = ?, updated_at = ? WHERE key = ?',
    );
    this.#name = database.prepare('UPDATE document SET title = ?, is_named = 1, title_key = ? WHERE key = ?');
  }

  createDocument(
    { id, title, isNamed = true, linkAccess, createdAt }: NewDocument,
    owner: User,
    firstChange: Change | undefined,
  ): DocumentRecord {
    const { key } = this.#keys.saveUser(owner);
    const heading = firstChange && headingOf(applyToString('', firstChange.edit));
    const { lastInsertRowid } = this.#insert.run(
      plain(id),
      plain(title),
      isNamed ? 1 : 0,
      heading ?? null,
      keyOf(isNamed ? title : (heading ?? title)),
      key,
      linkAccess,
      createdAt,
      createdAt,
    );
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

  updateDocument(id: string, { title, ...fields }: DocumentFields, now: number): DocumentRecord | undefined {
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    const { linkAccess = row.linkAccess, trashed = row.trashedAt !== null } = fields;
    if (title !== undefined) this.#name.run(plain(title), keyOf(title), row.key);
    const { embedOrigins } = fields;
    const origins = embedOrigins === undefined ? row.embedOrigins : embedOrigins && JSON.stringify(embedOrigins);
    this.#update.run(linkAccess, trashed ? (row.trashedAt ?? now) : null, origins, now, row.key);
    return this.findDocument(id);
  }

  deleteDocument(id: string, { owner }: Authority): boolean {
    const row = this.#find.get(id);
    if (row === undefined || row.trashedAt === null) return false;
    if (typeof this.#access.mayChange(id, owner) === 'string') return false;
    this.#deletion.run(row.key);
    this.#keys.forget();
    return true;
  }
}

/** A title as it is sorted and searched by. */
export function keyOf(title: string): string {
  return folded(composed(title));
}
