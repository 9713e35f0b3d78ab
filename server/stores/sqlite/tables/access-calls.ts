import type Database from 'better-sqlite3';
import type { User } from '../../../../shared/protocol/fields.ts';
import type {
  AccessCatalogue,
  AccessRefusal,
  Authority,
  LinkRecord,
  Member,
  UserAccess,
} from '../../access-catalogue.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { KeyTables } from '../log/key-tables.ts';
import { LinkTable, MemberTable } from './access-tables.ts';

/** The calls on members and share links, and the rules between them. Those that write are called inside a transaction. */
export class AccessCalls implements Synchronous<AccessCatalogue> {
  readonly #keys: KeyTables;
  readonly #members: MemberTable;
  readonly #links: LinkTable;

  constructor(database: Database.Database, keys: KeyTables) {
    this.#keys = keys;
    this.#members = new MemberTable(database);
    this.#links = new LinkTable(database);
  }

  /** Makes a user the owner of a new document. Both are given by their keys. */
  addOwner(document: number, user: number, now: number): void {
    this.#members.save(document, user, 'owner', now);
  }

  /** What is known of a user on a document. Both are given by their keys. */
  access(document: number, user: number): UserAccess {
    const member = this.#members.role(document, user);
    const links = this.#links.grants(document, user);
    return member === undefined ? { links } : { member, links };
  }

  userAccess(documentId: string, userIds: readonly string[]): Map<string, UserAccess> {
    const document = this.#keys.document(documentId);
    const userAccess = new Map<string, UserAccess>();
    for (const userId of userIds) {
      const user = this.#keys.user(userId);
      const isKnown = document !== undefined && user !== undefined;
      userAccess.set(userId, isKnown ? this.access(document, user.key) : { links: [] });
    }
    return userAccess;
  }

  listMembers(documentId: string): Member[] {
    return this.#members.list(documentId);
  }

  setMember(
    documentId: string,
    { user, role, addedAt }: Member,
    { owner, limit }: Authority & { limit: number },
  ): Member | AccessRefusal {
    const document = this.mayChange(documentId, owner);
    if (typeof document === 'string') return document;
    const { key } = this.#keys.knownUser(user);
    const known = this.#members.role(document, key);
    if (known === undefined && this.#members.count(document).members >= limit) return 'full';
    if (role !== 'owner' && this.#isLastOwner(document, key)) return 'last_owner';
    this.#members.save(document, key, role, addedAt);
    return this.#members.list(documentId).find((member) => member.user.id === user.id)!;
  }

  removeMember(documentId: string, userId: string, { owner }: Authority): 'removed' | AccessRefusal {
    const document = this.mayChange(documentId, owner);
    if (typeof document === 'string') return document;
    return this.#remove(document, userId, (user) => this.#links.cut(document, user));
  }

  leave(documentId: string, userId: string): 'removed' | AccessRefusal {
    const document = this.#keys.document(documentId);
    if (document === undefined) return 'unknown';
    return this.#remove(document, userId, (user) => this.#links.forget(document, user));
  }

  listLinks(documentId: string): LinkRecord[] {
    return this.#links.list(documentId);
  }

  findLink(documentId: string, linkId: string): LinkRecord | undefined {
    return this.#links.find(documentId, linkId);
  }

  addLink(
    documentId: string,
    link: Omit<LinkRecord, 'uses' | 'lastUsedAt'>,
    { owner, limit }: Authority & { limit: number },
  ): 'added' | AccessRefusal {
    const document = this.mayChange(documentId, owner);
    if (typeof document === 'string') return document;
    if (this.#links.list(documentId).length >= limit) return 'full';
    this.#links.add(document, link);
    return 'added';
  }

  removeLink(documentId: string, linkId: string, { owner }: Authority): 'removed' | AccessRefusal {
    const document = this.mayChange(documentId, owner);
    if (typeof document === 'string') return document;
    return this.#links.remove(documentId, linkId) ? 'removed' : 'unknown';
  }

  hasRedeemed(documentId: string, linkId: string, userId: string): boolean {
    const user = this.#keys.user(userId)?.key;
    return user !== undefined && this.#links.redemption(documentId, linkId, user) === 'open';
  }

  redeemLink(documentId: string, linkId: string, user: User, now: number): 'redeemed' | 'again' | 'unknown' {
    const link = this.#links.find(documentId, linkId);
    if (link === undefined || (link.expiresAt !== undefined && link.expiresAt <= now)) return 'unknown';
    const { key } = this.#keys.saveUser(user);
    const before = this.#links.redemption(documentId, linkId, key);
    if (before === 'cut') return 'unknown';
    this.#links.redeem(documentId, linkId, key, now);
    return before === 'open' ? 'again' : 'redeemed';
  }

  /** The key of the document if `owner`, when given, owns it now; else why its access may not be changed. */
  mayChange(documentId: string, owner: string | undefined): number | AccessRefusal {
    const document = this.#keys.document(documentId);
    if (document === undefined) return 'unknown';
    if (owner === undefined) return document;
    const user = this.#keys.user(owner)?.key;
    return user !== undefined && this.#members.role(document, user) === 'owner' ? document : 'forbidden';
  }

  #remove(document: number, userId: string, removeLinks: (user: number) => boolean): 'removed' | AccessRefusal {
    const user = this.#keys.user(userId)?.key;
    if (user === undefined) return 'unknown';
    if (this.#isLastOwner(document, user)) return 'last_owner';
    const wasMember = this.#members.role(document, user) !== undefined;
    const hadLinks = removeLinks(user);
    if (!wasMember && !hadLinks) return 'unknown';
    this.#members.remove(document, user);
    return 'removed';
  }

  #isLastOwner(document: number, user: number): boolean {
    return this.#members.role(document, user) === 'owner' && this.#members.count(document).owners === 1;
  }
}
