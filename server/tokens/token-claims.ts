import { z } from 'zod';
import { colorSchema, documentIdSchema, roleSchema, userNameSchema } from '../../shared/protocol/fields.ts';
import { colorOf, type Requester } from '../access/identity.ts';

/** Seconds since 1970 of the last moment that a `Date` can hold. */
const LAST_SECOND = 8_640_000_000_000;

/** Ids of users: what identity providers issue, without characters that are special in URLs, logs or terminals. */
export const subjectSchema = z
  .string()
  .regex(/^[\w.:@|+=/~-]{1,128}$/, 'must be 1 to 128 letters, digits or any of . _ : @ | + = / ~ -')
  .refine((sub) => !sub.startsWith('guest_'), 'must not begin with guest_');

const grantsSchema = z
  .array(z.object({ id: documentIdSchema, role: roleSchema }))
  .transform((list) => ({ size: list.length, grants: new Map(list.map(({ id, role }) => [id, role])) }))
  .refine(({ size, grants }) => grants.size === size, 'must name a document once')
  .transform(({ grants }) => grants);

/** The claims of a token whose signature, audience and time were verified. Other claims are ignored. */
const claimsSchema = z.object({
  sub: subjectSchema,
  name: userNameSchema,
  color: z.optional(colorSchema),
  exp: z.number().positive().max(LAST_SECOND),
  aud: z.union([z.string(), z.array(z.string()).min(1)]),
  documents: grantsSchema.optional(),
});

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
  const { sub: id, name, color, exp, documents: grants } = data;
  const expiresAt = Math.floor(exp * 1000);
  return {
    id,
    name,
    color: color ?? colorOf(id),
    ...(color !== undefined && { choseColor: true as const }),
    token: { grants, expiresAt, countsUntil: expiresAt + grace },
  };
}
