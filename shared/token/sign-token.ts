import { SignJWT } from 'jose';
import * as z from 'zod/mini';
import { colorSchema, userNameSchema } from '../protocol/fields.ts';
import { ROLES, type Role } from '../protocol/roles.ts';
import { grantsSchema, LAST_SECOND, subjectSchema } from '../protocol/token-claims.ts';

/** A document that a token opens, and the role that its user has there. */
export interface TokenDocument {
  readonly id: string;
  readonly role: Role;
}

/** A user of the host application. */
export interface TokenUser {
  /** The same for ever; others see it. 1 to 128 letters, digits or any of `_ . : @ | + = / ~ -`, not beginning with `guest_`. */
  readonly id: string;
  /** What others see: 1 to 64 characters on one line. */
  readonly name: string;
  /** `#rrggbb` in small letters. Without it the server picks one, the same every time. */
  readonly color?: string | undefined;
  /** Exactly these documents in exactly these roles, and nothing else. Without it the user has an account. */
  readonly documents?: readonly TokenDocument[] | undefined;
}

export interface SignTokenOptions {
  /** Seconds, or a number with `s`, `m`, `h` or `d` behind it, as in `30m`. By default one hour. */
  readonly expiresIn?: number | string | undefined;
  /** What the server's `WEFT_JWT_AUDIENCE` says; by default `weft`. */
  readonly audience?: string | undefined;
}

/** No server would take the token; the message says why. It never contains the secret. */
export class TokenInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TokenInputError';
  }
}

/** The algorithm of a shared secret, and the bytes that it needs: as many as its hash has. */
const ALGORITHM = 'HS256';
const SECRET_BYTES = 32;

/** A misspelled `documents` would make an account of somebody who may open one document, so unknown fields are refused. */
const userSchema = z.strictObject({
  id: subjectSchema,
  name: userNameSchema,
  color: z.optional(colorSchema),
  documents: z.optional(grantsSchema),
});

/** What a field must be, if its schema does not say so itself. */
const RULES: Readonly<Record<string, string>> = {
  name: 'must be 1 to 64 characters on one line',
  color: 'must be #rrggbb in small letters',
  documents: `must be a list of documents, each once, as { id, role }; a role is ${ROLES.join(', ')}`,
};

/**
 * Signs a token for a user with the secret that the server has as `WEFT_JWT_SECRET` (docs/tokens.md). Runs wherever there is Web Crypto:
 * Node, Deno, Bun, workers. Belongs on the host's server: whoever has the secret can be anybody. Rejects with TokenInputError.
 */
export async function signToken(
  user: TokenUser,
  secret: string,
  { expiresIn = '1h', audience = 'weft' }: SignTokenOptions = {},
): Promise<string> {
  const { id, name, color, documents } = checked(user);
  const key = keyOf(secret);
  if (typeof audience !== 'string' || audience === '') throw new TokenInputError('The audience must be a string');
  const seconds = secondsIn(expiresIn);
  const now = Math.floor(Date.now() / 1000);
  if (seconds === undefined || now + seconds > LAST_SECOND) {
    throw new TokenInputError('expiresIn must be whole seconds, or a number with s, m, h or d behind it, as in 30m');
  }
  const claims = { sub: id, name, color, documents, aud: audience, iat: now, exp: now + seconds };
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(key);
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of a lifetime, given as a number of them or as in `30m`; undefined if it is no lifetime. */
export function secondsIn(lifetime: number | string): number | undefined {
  if (typeof lifetime === 'number') return Number.isSafeInteger(lifetime) && lifetime > 0 ? lifetime : undefined;
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(lifetime) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * UNITS[unit]!;
}

function checked(user: TokenUser): z.infer<typeof userSchema> {
  const { data, error } = userSchema.safeParse(user);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') throw new TokenInputError(`A user has no ${issue.keys.join(', ')}`);
  const [field, ...rest] = issue?.path ?? [];
  if (field === undefined) throw new TokenInputError('A user must be an object with id and name');
  const rule = RULES[String(field)] ?? issue?.message;
  const place = rest.length > 0 ? `; ${[field, ...rest].join('.')} is wrong` : '';
  throw new TokenInputError(`The user's ${String(field)} ${rule}${place}`);
}

function keyOf(secret: string): Uint8Array {
  const key = new TextEncoder().encode(typeof secret === 'string' ? secret : '');
  if (key.length < SECRET_BYTES) {
    throw new TokenInputError(
      `The secret must be a string of at least ${SECRET_BYTES} bytes, WEFT_JWT_SECRET of the server`,
    );
  }
  return key;
}
