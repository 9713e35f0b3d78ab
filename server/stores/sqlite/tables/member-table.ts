import type Database from 'better-sqlite3';
import type { Role } from '../../../../shared/protocol/roles.ts';
import type { Member } from '../../access-catalogue.ts';

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
