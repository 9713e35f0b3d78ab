import type { Role } from '../../shared/protocol/messages.ts';
import type { DocumentRecord, LinkAccess } from '../stores/document-catalogue.ts';
import type { UserAccess } from '../stores/user-access.ts';
import type { Requester } from './requester.ts';

/** The role of a requester on a document. What each role may do is in `permissions.ts`. */

const ROLE_BY_LINK: Record<LinkAccess, Role | undefined> = {
  none: undefined,
  view: 'viewer',
  comment: 'commenter',
  edit: 'editor',
};

/** From the least to the most; each may do what the ones before it may. */
const RANKS: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];

/** A role at a point in time. */
export interface RoleNow {
  readonly role: Role;
  /** When it ends by itself, in milliseconds since 1970; absent if it does not. */
  readonly until?: number | undefined;
}

/**
 * The role of a requester, or of somebody unknown, on a document at time `now`. A token that names documents gives exactly its role
 * on each of them; for everybody else it is the highest of their membership, the share links they redeemed, and the document's link
 * access. Undefined: the document does not exist for them (`not_found`).
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
  let highest = higher(lasting(ROLE_BY_LINK[document.linkAccess]), lasting(access.member));
  for (const { role, expiresAt: until } of access.links) {
    if (until === undefined || until > now) highest = higher(highest, { role, until });
  }
  return highest;
}

function lasting(role: Role | undefined): RoleNow | undefined {
  return role && { role };
}

/** The higher of two roles; if they are equal, the one that lasts longer. */
function higher(a: RoleNow | undefined, b: RoleNow | undefined): RoleNow | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = RANKS.indexOf(a.role) - RANKS.indexOf(b.role);
  if (difference !== 0) return difference > 0 ? a : b;
  return (a.until ?? Infinity) >= (b.until ?? Infinity) ? a : b;
}
