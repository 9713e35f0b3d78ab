import { randomBytes, scryptSync, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/**
 * Cost of a guess: 32 MiB and three passes, about a fifth of a second. One of the equivalent settings of OWASP's Password Storage
 * Cheat Sheet.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
/** Memory limit of scrypt in Node, in bytes; it needs 128 · N · r and a little more. */
const MEMORY = 64 * 1024 * 1024;
/** Bytes. */
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;

/** The salted hash of a password, with its parameters. Blocks the thread. */
export function hashPassword(password: string): string {
  const salt = randomBytes(SALT_LENGTH);
  const key = derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether `hash` was made of this password. Blocks the thread. Throws if `hash` is not from `hashPassword`. */
export function isPassword(password: string, hash: string): boolean {
  const [kind, n, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) throw new Error('This is no hash of a password');
  const expected = Buffer.from(key, 'base64url');
  const given = derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Keyboards encode one letter in several ways; NFKC makes them one password. */
function derive(password: string, salt: Buffer, cost: ScryptOptions): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, KEY_LENGTH, { ...cost, maxmem: MEMORY });
}
