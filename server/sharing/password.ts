import { randomBytes, scryptSync, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/**
 * What a guess costs: 32 MiB and three passes over them, about a fifth of a second. One of the settings that OWASP's Password
 * Storage Cheat Sheet calls equal.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
/** Bytes that Node lets scrypt take; it needs 128 · N · r and a little more. */
const MEMORY = 64 * 1024 * 1024;
/** Bytes. */
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;

/** The salted hash of a password, with what is needed to check another one against it. Takes the thread for its time. */
export function hashPassword(password: string): string {
  const salt = randomBytes(SALT_LENGTH);
  const key = derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. Takes the thread for its time. Throws where the hash is none of `hashPassword`. */
export function isPassword(password: string, hash: string): boolean {
  const [kind, n, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) throw new Error('This is no hash of a password');
  const expected = Buffer.from(key, 'base64url');
  const given = derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Keyboards write one letter in several ways; they are one password. */
function derive(password: string, salt: Buffer, cost: ScryptOptions): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, KEY_LENGTH, { ...cost, maxmem: MEMORY });
}
