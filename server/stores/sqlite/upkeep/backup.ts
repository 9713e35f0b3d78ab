import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { sync } from '../../../base/durable-files.ts';
import { copyDatabase, type CopyWatch } from './database-copy.ts';
import { openFileToRead, openToRead } from '../database/read-database.ts';

/** The file in a data folder that signs cookies, and in a backup the one beside it. */
const SECRET = 'secret';

/** The file beside a backup that holds the secret of its data folder. */
export function secretOfBackup(file: string): string {
  return `${file}.${SECRET}`;
}

export function secretOfFolder(folder: string): string {
  return path.join(folder, SECRET);
}

export interface BackupWatch {
  readonly onProgress: CopyWatch;
  /** Looks through the copy before it gets its name; what it returns is handed on. */
  readonly verify: (copy: ReturnType<typeof openFileToRead>) => boolean;
}

/** What was written. */
export interface BackupResult {
  /** False where the copy, which is exact, does not fit together. */
  readonly isWhole: boolean;
  /** False where the secret is not kept in the data folder. */
  readonly hasSecret: boolean;
}

/**
 * Backs a data folder up to a file, and its secret to another beside it, while a server works on it. The file appears when it is
 * complete. Throws StoreError where one of both is there already: a backup never replaces anything.
 */
export async function backUp(folder: string, file: string, { onProgress, verify }: BackupWatch): Promise<BackupResult> {
  const source = openToRead(folder);
  const draft = `${file}.partial`;
  try {
    for (const each of [file, secretOfBackup(file), draft]) {
      if (existsSync(each)) throw new StoreError('STORE_MISUSED', `${each} is there already. Nothing was written.`);
    }
    await copyDatabase(source, draft, onProgress);
  } finally {
    source.close();
  }
  try {
    const copy = openFileToRead(draft);
    let isWhole: boolean;
    try {
      isWhole = verify(copy);
    } finally {
      copy.close();
    }
    const hasSecret = existsSync(secretOfFolder(folder));
    if (hasSecret) copySecret(secretOfFolder(folder), secretOfBackup(file));
    renameSync(draft, file);
    sync(path.dirname(path.resolve(file)));
    return { isWhole, hasSecret };
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Copies a secret to where there is none, readable by its owner only. */
export function copySecret(from: string, to: string): void {
  writeFileSync(to, readFileSync(from), { flag: 'wx', mode: 0o600, flush: true });
}
