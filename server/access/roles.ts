import { isAtLeast, ROLE_BY_LINK_ACCESS, type Role } from '../../shared/protocol/roles.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { UserAccess } from '../stores/access-catalogue.ts';
import { isAllowed, MESSAGES } from './permissions.ts';
import type { Requester, TokenClaims } from './identity.ts';

/** Which role somebody has on a document, and whether they may edit it. What each role may do is in `permissions.ts`. */

/** Somebody's role at a certain time. */
export interface RoleNow {
  readonly role: Role;
  /** When this role ends by itself, in milliseconds since 1970; absent if it does not. */
  readonly until?: number | undefined;
}

/**
 * The role of a requester, or of somebody unknown, on a document at the time `now`. A token that names documents gives exactly its
 * role on each of them. Everybody else has the highest of three roles: by membership, by the share links they came by, and by the
 * document's link access. Undefined: the document does not exist for them, and they are answered `not_found`.
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

/** A refusal to edit. */
export interface EditRefusal {
  readonly code: 'unauthenticated' | 'forbidden';
  readonly message: string;
}

const EXPIRED: EditRefusal = { code: 'unauthenticated', message: 'Your token has expired' };
const NOT_ALLOWED: EditRefusal = { code: 'forbidden', message: 'Your role may not edit' };

/**
 * Why somebody with this role, or none, may not edit at the time `now`; undefined if they may. `token` is the one by which they are
 * connected; a request over HTTP has none, because its token was judged when it came.
 */
export function whyNotEdit(
  role: Role | undefined,
  token: TokenClaims | undefined,
  now: number,
): EditRefusal | undefined {
  if (token !== undefined && token.countsUntil <= now) return EXPIRED;
  return isAllowed(MESSAGES.submit, role) ? undefined : NOT_ALLOWED;
}

function lasting(role: Role | undefined): RoleNow | undefined {
  return role && { role };
}

/** The higher of two roles; if they are equal, the one that lasts longer. */
function higher(a: RoleNow | undefined, b: RoleNow | undefined): RoleNow | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.role !== b.role) return isAtLeast(a.role, b.role) ? a : b;
  return (a.until ?? Infinity) >= (b.until ?? Infinity) ? a : b;
}
