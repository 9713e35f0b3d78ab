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
