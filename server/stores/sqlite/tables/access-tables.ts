import type Database from 'better-sqlite3';
import type { LinkRole, Role } from '../../../../shared/protocol/roles.ts';
import type { LinkGrant, LinkRecord, Member } from '../../access-catalogue.ts';
import { plain } from '../log/key-tables.ts';

interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly role: Role;
  readonly addedAt: number;
}

/** Members of documents and their roles. Documents and users that are numbers are keys. */
export class MemberTable {
  readonly #role;
  readonly #count;
  readonly #list;
  readonly #save;
  readonly #remove;

  constructor(database: Database.Database) {
    this.#role = database
      .prepare<[number, number], Role>('SELECT role FROM member WHERE document = ? AND user = ?')
      .pluck();
    this.#count = database.prepare<[number], { members: number; owners: number }>(
      "SELECT count(*) AS members, count(*) FILTER (WHERE role = 'owner') AS owners FROM member WHERE document = ?",
    );
    this.#list = database.prepare<[string], MemberRow>(
      `SELECT user.id, name, color, role, added_at AS addedAt
       FROM member JOIN document ON document.key = member.document JOIN user ON user.key = member.user
       WHERE document.id = ? ORDER BY added_at, user.key`,
    );
    this.#save = database.prepare(
      `INSERT INTO member (document, user, role, added_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (document, user) DO UPDATE SET role = excluded.role`,
    );
    this.#remove = database.prepare('DELETE FROM member WHERE document = ? AND user = ?');
  }

  role(document: number, user: number): Role | undefined {
    return this.#role.get(document, user);
  }

  /** How many members a document has, and how many of them are owners. */
  count(document: number): { members: number; owners: number } {
    return this.#count.get(document)!;
  }

  list(documentId: string): Member[] {
    return this.#list.all(documentId).map(({ role, addedAt, ...user }) => ({ user, role, addedAt }));
  }

  /** Adds a member, or changes the role of one and keeps when they were added. */
  save(document: number, user: number, role: Role, now: number): void {
    this.#save.run(document, user, role, now);
  }

  remove(document: number, user: number): void {
    this.#remove.run(document, user);
  }
}

interface LinkRow {
  readonly key: number;
  readonly id: string;
  readonly role: LinkRole;
  readonly name: string | null;
  readonly expiresAt: number | null;
  readonly passwordHash: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly uses: number;
}

interface GrantRow {
  readonly role: LinkRole;
  readonly expiresAt: number | null;
}

/** Milliseconds by which `lastUsedAt` may lag, so that a user who comes back often costs no writes. */
const USE_GRAIN = 60_000;

const SELECT = `
  SELECT share_link.key, share_link.id, role, name, expires_at AS expiresAt, password AS passwordHash,
    share_link.created_at AS createdAt, last_used_at AS lastUsedAt,
    (SELECT count(*) FROM redemption WHERE link = share_link.key) AS uses
  FROM share_link JOIN document ON document.key = share_link.document WHERE document.id = ?`;

/** Share links and their redemptions. Documents and users that are numbers are keys. */
export class LinkTable {
  readonly #list;
  readonly #find;
  readonly #insert;
  readonly #remove;
  readonly #forgetAll;
  readonly #grants;
  readonly #isCut;
  readonly #redeem;
  readonly #use;
  readonly #cut;
  readonly #forget;

  constructor(database: Database.Database) {
    const ofUser = 'WHERE user = ? AND link IN (SELECT key FROM share_link WHERE document = ?)';
    this.#list = database.prepare<[string], LinkRow>(`${SELECT} ORDER BY share_link.key`);
    this.#find = database.prepare<[string, string], LinkRow>(`${SELECT} AND share_link.id = ?`);
    this.#insert = database.prepare(
      'INSERT INTO share_link (document, id, role, name, expires_at, password, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM share_link WHERE key = ?');
    this.#forgetAll = database.prepare('DELETE FROM redemption WHERE link = ?');
    this.#grants = database.prepare<[number, number], GrantRow>(
      `SELECT role, expires_at AS expiresAt FROM share_link JOIN redemption ON redemption.link = share_link.key
       WHERE share_link.document = ? AND redemption.user = ? AND NOT is_cut`,
    );
    this.#isCut = database
      .prepare<[number, number], number>('SELECT is_cut FROM redemption WHERE link = ? AND user = ?')
      .pluck();
    this.#redeem = database.prepare(
      'INSERT INTO redemption (link, user, redeemed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#use = database.prepare('UPDATE share_link SET last_used_at = ? WHERE key = ?');
    this.#cut = database.prepare(`UPDATE redemption SET is_cut = 1 ${ofUser}`);
    this.#forget = database.prepare(`DELETE FROM redemption ${ofUser} AND NOT is_cut`);
  }

  list(documentId: string): LinkRecord[] {
    return this.#list.all(documentId).map(toRecord);
  }

  find(documentId: string, linkId: string): LinkRecord | undefined {
    const row = this.#find.get(documentId, linkId);
    return row && toRecord(row);
  }

  add(document: number, link: Omit<LinkRecord, 'uses' | 'lastUsedAt'>): void {
    const { id, role, name = null, expiresAt = null, passwordHash = null, createdAt } = link;
    this.#insert.run(document, plain(id), role, name && plain(name), expiresAt, passwordHash, createdAt);
  }

  /** Removes a link and its redemptions; false if there is none. */
  remove(documentId: string, linkId: string): boolean {
    const row = this.#find.get(documentId, linkId);
    if (row === undefined) return false;
    this.#forgetAll.run(row.key);
    this.#remove.run(row.key);
    return true;
  }

  /** What a user has by the links of a document. */
  grants(document: number, user: number): LinkGrant[] {
    return this.#grants.all(document, user).map(({ role, expiresAt }) => {
      return expiresAt === null ? { role } : { role, expiresAt };
    });
  }

  /** Whether the link that a user redeemed is still open to them; undefined if they never redeemed it. */
  redemption(documentId: string, linkId: string, user: number): 'open' | 'cut' | undefined {
    const link = this.#find.get(documentId, linkId);
    const isCut = link && this.#isCut.get(link.key, user);
    return isCut === undefined ? undefined : isCut === 1 ? 'cut' : 'open';
  }

  /** Records that a user redeems a link, which must exist and be open to them. */
  redeem(documentId: string, linkId: string, user: number, now: number): void {
    const { key, lastUsedAt } = this.#find.get(documentId, linkId)!;
    const isNew = this.#redeem.run(key, user, now).changes > 0;
    if (isNew || lastUsedAt === null || Math.abs(now - lastUsedAt) >= USE_GRAIN) this.#use.run(now, key);
  }

  /** Takes away what a user has by links, for good; true if there was something. */
  cut(document: number, user: number): boolean {
    return this.#cut.run(user, document).changes > 0;
  }

  /** Forgets which links a user redeemed; true if there was something. */
  forget(document: number, user: number): boolean {
    return this.#forget.run(user, document).changes > 0;
  }
}

function toRecord({ key: _key, name, expiresAt, passwordHash, lastUsedAt, ...row }: LinkRow): LinkRecord {
  return {
    ...row,
    ...(name !== null && { name }),
    ...(expiresAt !== null && { expiresAt }),
    ...(passwordHash !== null && { passwordHash }),
    ...(lastUsedAt !== null && { lastUsedAt }),
  };
}
