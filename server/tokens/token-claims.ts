import { claimsSchema } from '../../shared/protocol/token-claims.ts';
import { colorOf, type Requester } from '../access/identity.ts';

/**
 * The requester that a verified payload names, or the problem with its claims. The token stays valid for `grace` milliseconds after
 * its expiry.
 */
export function requesterFromClaims(payload: unknown, grace: number): Requester | { readonly problem: string } {
  const { data, error } = claimsSchema.safeParse(payload);
  if (data === undefined) {
    const [issue] = error.issues;
    return { problem: `The claim ${issue?.path.join('.')} of the token: ${issue?.message}` };
  }
  const { sub: id, name, color, exp, documents } = data;
  const grants = documents && new Map(documents.map((document) => [document.id, document.role]));
  const expiresAt = Math.floor(exp * 1000);
  return {
    id,
    name,
    color: color ?? colorOf(id),
    ...(color !== undefined && { choseColor: true as const }),
    token: { grants, expiresAt, countsUntil: expiresAt + grace },
  };
}
