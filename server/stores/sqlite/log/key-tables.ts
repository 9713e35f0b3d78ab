import type Database from 'better-sqlite3';
import type { User } from '../../../../shared/protocol/fields.ts';
import type { Change } from '../../../../shared/sync/change.ts';
import { StoreError } from '../../store-error.ts';

/** Entries per cache. A full cache is emptied; refilling costs an index probe per entry. */
const CACHE_SIZE = 20_000;

export interface UserRow extends User {
  readonly key: number;
}

/** A client of a document, with the public id of its user. */
export interface ClientRow {
  readonly key: number;
  readonly document: number;
  readonly id: string;
  readonly userId: string;
  readonly session: string;
  readonly seq: number;
  readonly version: number;
}

/** The tables that map public ids to integer keys, with caches. */
export class KeyTables {
  readonly #documents = new Map<string, number>();
  readonly #users = new Map<string, UserRow>();
  readonly #clients = new Map<number, ClientRow>();
  readonly #clientKeys = new Map<string, number>();
  readonly #findDocument;
  readonly #findUser;
  readonly #insertUser;
  readonly #updateUser;
  readonly #findClient;
  readonly #readClient;
  readonly #insertClient;
  readonly #updateClient;

  constructor(database: Database.Database) {
    const client =
      'SELECT client.key, document, client.id, user.id AS userId, session, seq, version ' +
      'FROM client JOIN user ON user.key = client.user';
    this.#findDocument = database.prepare<[string], { key: number }>('SELECT key FROM document WHERE id = ?');
    this.#findUser = database.prepare<[string], UserRow>('SELECT key, id, name, color FROM user WHERE id = ?');
    this.#insertUser = database.prepare('INSERT INTO user (id, name, color) VALUES (?, ?, ?)');
    this.#updateUser = database.prepare('UPDATE user SET name = ?, color = ? WHERE key = ?');
    this.#findClient = database.prepare<[number, string], ClientRow>(`${client} WHERE document = ? AND client.id = ?`);
    this.#readClient = database.prepare<[number], ClientRow>(`${client} WHERE client.key = ?`);
    this.#insertClient = database.prepare(
      'INSERT INTO client (document, id, user, session, seq, version) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#updateClient = database.prepare('UPDATE client SET session = ?, seq = ?, version = ? WHERE key = ?');
  }

  /**
   * The key of a document. A deleted document may leave its key to a new one, so `forget` is called after each deletion, and on another
   * connection before each read.
   */
  document(id: string): number | undefined {
    const known = this.#documents.get(id) ?? this.#findDocument.get(id)?.key;
    if (known !== undefined) keep(this.#documents, id, known);
    return known;
  }

  user(id: string): UserRow | undefined {
    const row = this.#users.get(id) ?? this.#findUser.get(id);
    if (row !== undefined) keep(this.#users, id, row);
    return row;
  }

  /** Saves a user's name and colour. Writes only if they changed. */
  saveUser({ id, name, color }: User): UserRow {
    const known = this.user(id);
    if (known?.name === name && known.color === color) return known;
    if (known === undefined) this.#insertUser.run(plain(id), plain(name), plain(color));
    else this.#updateUser.run(plain(name), plain(color), known.key);
    this.#users.delete(id);
    return this.user(id)!;
  }

  /** The row of a user. Saves one of whom no more than the id is known; a name and colour that are known stay. */
  knownUser(user: User): UserRow {
    const known = this.user(user.id);
    return known === undefined || known.name === known.id ? this.saveUser(user) : known;
  }

  client(document: number, id: string): ClientRow | undefined {
    const key = this.#clientKeys.get(`${document} ${id}`);
    const row = (key === undefined ? undefined : this.#clients.get(key)) ?? this.#findClient.get(document, id);
    if (row !== undefined) this.#remember(row);
    return row;
  }

  clientByKey(key: number): ClientRow | undefined {
    const row = this.#clients.get(key) ?? this.#readClient.get(key);
    if (row !== undefined) this.#remember(row);
    return row;
  }

  /** Saves a client's newest seq and version; its user must be known. The user of a known client never changes. */
  saveClient(document: number, change: Change): ClientRow {
    const { clientId: id, userId, sessionId: session, seq, version } = change;
    const known = this.client(document, id);
    let key = known?.key;
    if (key === undefined) {
      const user = this.user(userId)!.key;
      key = Number(this.#insertClient.run(document, plain(id), user, plain(session), seq, version).lastInsertRowid);
    } else {
      this.#updateClient.run(plain(session), seq, version, key);
    }
    const row = { key, document, id, userId: known?.userId ?? userId, session, seq, version };
    this.#remember(row);
    return row;
  }

  /** Empties the caches. After a transaction that did not commit, and after writes of another connection, some entries are wrong. */
  forget(): void {
    for (const cache of [this.#documents, this.#users, this.#clients, this.#clientKeys]) cache.clear();
  }

  #remember(row: ClientRow): void {
    keep(this.#clients, row.key, row);
    keep(this.#clientKeys, `${row.document} ${row.id}`, row.key);
  }
}

function keep<Key, Value>(cache: Map<Key, Value>, key: Key, value: Value): void {
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, value);
}

/** The text itself if a TEXT column keeps it unchanged, that is without NUL and lone surrogates; else throws STORE_MISUSED. */
export function plain(text: string): string {
  if (text.includes('\0') || !text.isWellFormed())
    throw new StoreError('STORE_MISUSED', 'A text that SQLite would alter');
  return text;
}
