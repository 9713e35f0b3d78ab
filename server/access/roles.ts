import { isAtLeast, ROLE_BY_LINK_ACCESS, type Role } from '../../shared/protocol/roles.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { UserAccess } from '../stores/user-access.ts';
import type { Requester } from './requester.ts';

/** Who somebody is to a document. What each role may do is in `permissions.ts`. */

/** A role at a moment. */
export interface RoleNow {
  readonly role: Role;
  /** When this role ends though nobody changes anything, in milliseconds since 1970; absent where it does not. */
  readonly until?: number | undefined;
}

/**
 * The role of a viewer, or of somebody unknown, on a document at a time. A token that names documents gives exactly its role on
 * each of them; for everybody else it is the highest of what they have by name, by the share links they came by, and by the
 * document's link access. Undefined: the document does not exist for them, and they hear `not_found`.
 */
export function roleOf(
  document: Pick<DocumentRecord, 'id' | 'linkAccess' | 'trashedAt'>,
  requester: Pick<Requester, 'token'> | undefined,
  access: UserAccess,
  now: number,
): RoleNow | undefined {
  if (document.trashedAt !== undefined) return undefined;
  const grants = requester?.token?.grants;
  if (grants !== undefined) return lasting(grants.get(document.id));
  let highest = higher(lasting(ROLE_BY_LINK_ACCESS[document.linkAccess]), lasting(access.member));
  for (const { role, expiresAt: until } of access.links) {
    if (until === undefined || until > now) highest = higher(highest, { role, until });
  }
  return highest;
}

function lasting(role: Role | undefined): RoleNow | undefined {
  return role && { role };
}

/** The higher of two roles; of equal ones the one that lasts longer. */
function higher(a: RoleNow | undefined, b: RoleNow | undefined): RoleNow | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.role !== b.role) return isAtLeast(a.role, b.role) ? a : b;
  return (a.until ?? Infinity) >= (b.until ?? Infinity) ? a : b;
}
