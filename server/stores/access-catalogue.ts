import type { User } from '../../shared/protocol/fields.ts';
import type { LinkRole, Role } from '../../shared/protocol/roles.ts';

/** What a user has by a share link that they redeemed. */
export interface LinkGrant {
  readonly role: LinkRole;
  /** Milliseconds since 1970; absent if it does not expire. */
  readonly expiresAt?: number | undefined;
}

/** The access of one user to one document; `roleOf` derives from it what they may do. */
export interface UserAccess {
  /** The role that they have as a member. */
  readonly member?: Role | undefined;
  /** What they have by links that were not revoked, including expired ones. */
  readonly links: readonly LinkGrant[];
}

/** A stranger's. */
export const NO_ACCESS: UserAccess = { links: [] };

/** A user to whom an owner gave a role on a document. */
export interface Member {
  readonly user: User;
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/** A share link as it is stored: everything but the secret, which is derived from its id. Times are milliseconds since 1970. */
export interface LinkRecord {
  readonly id: string;
  readonly role: LinkRole;
  readonly name?: string | undefined;
  /** When it expires; absent if it does not. */
  readonly expiresAt?: number | undefined;
  /** The salted hash of its password; absent if it has none. */
  readonly passwordHash?: string | undefined;
  readonly createdAt: number;
  readonly lastUsedAt?: number | undefined;
  /** How many users redeemed it. */
  readonly uses: number;
}

/** The precondition of a change of access. */
export interface Authority {
  /** The user who must be an owner when the change is committed; absent if a token proves that they are one. */
  readonly owner?: string | undefined;
}

/** Why a change of access was refused. Nothing was written then. */
export type AccessRefusal =
  /** There is no such document, member or link. */
  | 'unknown'
  /** The requester is not an owner any more. */
  | 'forbidden'
  /** The document would be without an owner. */
  | 'last_owner'
  /** The limit is reached. */
  | 'full';

/**
 * Who may do what with which document; stored beside the documents and as durable. Each write is one transaction. Writes are made in
 * the order in which they are called.
 */
export interface AccessCatalogue {
  /** The access of each of these users to a document; `NO_ACCESS` for strangers. */
  userAccess(documentId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, UserAccess>>;

  /** All members of a document, the oldest first. */
  listMembers(documentId: string): Promise<readonly Member[]>;

  /** Adds a member, up to `limit` of them, or changes the role of one. A user whom the store knows keeps their name. */
  setMember(
    documentId: string,
    member: Member,
    options: Authority & { limit: number },
  ): Promise<Member | AccessRefusal>;

  /** Takes away the user's role and what they have by links; they cannot redeem these links again. */
  removeMember(documentId: string, userId: string, authority: Authority): Promise<'removed' | AccessRefusal>;

  /** Gives up the user's role and what they have by links; they may come back by a link. */
  leave(documentId: string, userId: string): Promise<'removed' | AccessRefusal>;

  /** All share links of a document, the oldest first, including expired ones. */
  listLinks(documentId: string): Promise<readonly LinkRecord[]>;

  /** A share link of a document; undefined if there is none. */
  findLink(documentId: string, linkId: string): Promise<LinkRecord | undefined>;

  /** Adds a share link; a document has at most `limit` of them. */
  addLink(
    documentId: string,
    link: Omit<LinkRecord, 'uses' | 'lastUsedAt'>,
    options: Authority & { limit: number },
  ): Promise<'added' | AccessRefusal>;

  /** Revokes a share link, and what anybody has by it. */
  removeLink(documentId: string, linkId: string, authority: Authority): Promise<'removed' | AccessRefusal>;

  /** Whether a user redeemed a link before and was not cut off from it. */
  hasRedeemed(documentId: string, linkId: string, userId: string): Promise<boolean>;

  /**
   * Records that a user redeems a link: `again` if they had redeemed it before, `unknown` if there is no such link now or the user
   * was cut off from it.
   */
  redeemLink(documentId: string, linkId: string, user: User, now: number): Promise<'redeemed' | 'again' | 'unknown'>;
}
