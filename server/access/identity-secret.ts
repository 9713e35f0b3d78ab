import { randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sync } from '../base/durable-files.ts';
import { readTextFile } from '../base/utf8.ts';

/** Bytes; fewer could be guessed. */
const MINIMUM_LENGTH = 32;

/**
 * The secret in the data folder, created at the first start: 32 random bytes in base64url, readable by the owner alone. It is
 * created atomically, and durable before anything is signed with it. Throws if the folder cannot be written or the file holds no
 * secret.
 */
export async function secretInFolder(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  const kept = await read(path);
  if (kept !== undefined) return check(kept, path);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(MINIMUM_LENGTH).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  sync(folder);
  return check((await read(path)) ?? '', path);
}

function check(secret: string, path: string): string {
  if (Buffer.byteLength(secret) >= MINIMUM_LENGTH) return secret;
  throw new Error(
    `${path} does not hold a secret of at least ${MINIMUM_LENGTH} bytes; remove it to have a new one made`,
  );
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readTextFile(path)).trim();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
