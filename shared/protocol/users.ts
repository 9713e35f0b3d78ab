/** Who somebody is, and what they may do with a document. */
import * as z from 'zod/mini';
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
