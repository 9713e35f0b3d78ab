import type { LinkRole, Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/users.ts';
import type { UserAccess } from './user-access.ts';

/** Somebody who has a role on a document by name. */
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
  /** From then on it gives nothing. */
  readonly expiresAt?: number | undefined;
  /** The salted hash of its password; absent where it has none. */
  readonly passwordHash?: string | undefined;
  readonly createdAt: number;
  readonly lastUsedAt?: number | undefined;
  /** How many users came by it. */
  readonly uses: number;
}

/** On whose authority access is changed. */
export interface Authority {
  /** The user who must be an owner when the change is committed; absent where a token says that they are one. */
  readonly owner?: string | undefined;
}

/** Why a change of access was not made. Nothing was written then. */
export type AccessRefusal =
  /** There is no such document, member or link. */
  | 'unknown'
  /** Whoever asked is not an owner any more. */
  | 'forbidden'
  /** The document would be without an owner. */
  | 'last_owner'
  /** There are as many as there may be. */
  | 'full';

/** Who may do what with which document, stored beside it and as durable. Each method that writes is one transaction. */
export interface AccessCatalogue {
  /** What is known of these users on a document, for each of them; nothing (`NO_STANDING`) for strangers. */
  userAccess(documentId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, UserAccess>>;

  /** All members of a document, the oldest first. */
  listMembers(documentId: string): Promise<readonly Member[]>;

  /** Adds a member, at most `limit`, or changes the role of one. A user whom the store knows keeps their name. */
  setMember(
    documentId: string,
    member: Member,
    options: Authority & { limit: number },
  ): Promise<Member | AccessRefusal>;

  /** Takes away what a user has by name and by links; they cannot redeem these links again. */
  removeMember(documentId: string, userId: string, authority: Authority): Promise<'removed' | AccessRefusal>;

  /** Gives up what a user has by name and by links; they may come back by a link. */
  leave(documentId: string, userId: string): Promise<'removed' | AccessRefusal>;

  /** All share links of a document, the oldest first; expired ones too. */
  listLinks(documentId: string): Promise<readonly LinkRecord[]>;

  /** A share link of a document. */
  findLink(documentId: string, linkId: string): Promise<LinkRecord | undefined>;

  /** Makes a share link; a document has at most `limit` of them. */
  addLink(
    documentId: string,
    link: Omit<LinkRecord, 'uses' | 'lastUsedAt'>,
    options: Authority & { limit: number },
  ): Promise<'added' | AccessRefusal>;

  /** Revokes a share link, and what anybody has by it. */
  removeLink(documentId: string, linkId: string, authority: Authority): Promise<'removed' | AccessRefusal>;

  /** Whether a user came by a link before, and was not cut off from it. */
  hasRedeemed(documentId: string, linkId: string, userId: string): Promise<boolean>;

  /**
   * Notes that a user came by a link; `again` where it gives them nothing new. Unknown where there is no such link now, or the
   * user was cut off from it.
   */
  redeemLink(documentId: string, linkId: string, user: User, now: number): Promise<'redeemed' | 'again' | 'unknown'>;
}
