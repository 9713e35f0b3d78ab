/** The claims of a token (docs/protocol.md, K2), checked where it is signed and where it is verified. */
import * as z from 'zod/mini';
import { colorSchema, documentIdSchema, roleSchema, userNameSchema } from './fields.ts';

/** Seconds since 1970 of the last moment that a `Date` can hold. */
export const LAST_SECOND = 8_640_000_000_000;

/** Ids of users: what identity providers issue, without characters that are special in URLs, logs or terminals. */
export const subjectSchema = z.string('must be a string').check(
  z.regex(/^[\w.:@|+=/~-]{1,128}$/, 'must be 1 to 128 letters, digits or any of _ . : @ | + = / ~ -'),
  z.refine((sub) => !sub.startsWith('guest_'), 'must not begin with guest_'),
);

/** The documents that a token opens, and the role in each. */
export const grantsSchema = z
  .array(z.object({ id: documentIdSchema, role: roleSchema }))
  .check(z.refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'must name a document once'));

/** All claims that count; others are ignored. */
export const claimsSchema = z.object({
  sub: subjectSchema,
  name: userNameSchema,
  color: z.optional(colorSchema),
  exp: z.number().check(z.positive(), z.maximum(LAST_SECOND)),
  aud: z.union([z.string(), z.array(z.string()).check(z.minLength(1))]),
  documents: z.optional(grantsSchema),
});
