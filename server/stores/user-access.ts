import type { LinkRole, Role } from '../../shared/protocol/roles.ts';

/** What a share link that a user came by gives them. */
export interface LinkGrant {
  readonly role: LinkRole;
  /** Milliseconds since 1970; absent where it does not end. */
  readonly expiresAt?: number | undefined;
}

/** All that is known of one user on one document. What they may do follows from it by `roleOf`. */
export interface UserAccess {
  /** The role they have by name. */
  readonly member?: Role | undefined;
  /** What they have by links that were not revoked, expired ones too. */
  readonly links: readonly LinkGrant[];
}

/** A stranger's. */
export const NO_ACCESS: UserAccess = { links: [] };
