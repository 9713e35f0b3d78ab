/** Fields that several kinds of message have. */
import * as z from 'zod/mini';
import { NONCE_MAX } from './bounds.ts';
import { ROLES } from './roles.ts';

/** What people call themselves: 1 to 64 characters (128 UTF-16 units at most), no control characters. */
export const userNameSchema = z
  .string()
  .check(z.maxLength(128, { abort: true }), z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]{1,64}$/u), z.regex(/[^\s\p{Cf}]/u));
/** `#rrggbb`. */
export const colorSchema = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

export const userSchema = z.object({ id: z.string(), name: z.string(), color: z.string() });
export type User = z.infer<typeof userSchema>;

export const roleSchema = z.enum(ROLES);

const natural = z.int().check(z.nonnegative());

export const version = natural;
/** UTF-16 units from the start of the text. */
export const position = natural;
/** Milliseconds since 1970. */
export const timestamp = natural;
export const seq = natural;
/** Comes back in the answer to a ping. */
export const nonce = z.union([z.string().check(z.maxLength(NONCE_MAX)), z.number()]);

/** Letters, digits, `_` and `-`; what `POST /api/documents` hands out is 16 of them. */
export const documentIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** A random secret: 22 or more base64url characters are 128 bits. */
export const clientIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,128}$/));
