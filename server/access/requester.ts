import type { Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/users.ts';

/** Who asks: the guest of a session cookie or of a clientId, or the user that a token names. */
export interface Requester extends User {
  /** The colour was chosen; one that was not gives way where somebody else in the room has it. */
  readonly choseColor?: true | undefined;
  /** Present where a token says who it is. */
  readonly token?: TokenClaims | undefined;
}

/** What a token says besides who somebody is. */
export interface TokenClaims {
  /** These documents with exactly these roles, and nothing else. Absent: an account, whose memberships and links decide. */
  readonly grants?: ReadonlyMap<string, Role> | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The end of the grace after that. Milliseconds since 1970. */
  readonly countsUntil: number;
}

/** What others may know of a viewer. */
export function userOf({ id, name, color }: Requester): User {
  return { id, name, color };
}
