import type { Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';

/** Who asks: the guest of a session cookie or of a clientId, or the user that a token names. */
export interface Requester extends User {
  /** The colour was chosen. One that was not is replaced if somebody else in the room has it. */
  readonly choseColor?: true | undefined;
  /** Present if a token names the user. */
  readonly token?: TokenClaims | undefined;
}

/** What a token says beside the user's name. */
export interface TokenClaims {
  /** These documents with exactly these roles, and nothing else. Absent: an account, whose memberships and links decide. */
  readonly grants?: ReadonlyMap<string, Role> | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The end of its grace period. Milliseconds since 1970. */
  readonly countsUntil: number;
}

/** What others may know of a requester. */
export function userOf({ id, name, color }: Requester): User {
  return { id, name, color };
}
