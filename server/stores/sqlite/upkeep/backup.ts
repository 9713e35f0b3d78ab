import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { sync } from '../../../base/durable-files.ts';
import { SIDE_FILES } from '../database/database-file.ts';
import { openFileToRead, openToRead } from '../database/open-database.ts';

/** Pages copied per turn of the event loop. */
const STEP_PAGES = 1000;

/** The name of the file in a data folder that holds the key for cookies, and the suffix of its copy beside a backup. */
const SECRET = 'secret';

/** The file beside a backup that holds the secret of its data folder. */
export function secretOfBackup(file: string): string {
  return `${file}.${SECRET}`;
}

export function secretOfFolder(folder: string): string {
  return path.join(folder, SECRET);
}

/** Told after each step of a copy: bytes copied, and bytes in all. */
export type CopyProgress = (done: number, total: number) => void;

/** What a backup and a restore are handed. */
export interface BackupDeps {
  readonly onProgress: CopyProgress;
  /** Checks the copy before it gets its name; true if it is whole. */
  readonly verify: (copy: ReturnType<typeof openFileToRead>) => boolean;
}

/** What was written. */
export interface BackupResult {
  /** False if `verify` found problems in the copy, which is exact. */
  readonly isWhole: boolean;
  /** False if the secret is not kept in the data folder. */
  readonly hasSecret: boolean;
}

/**
 * Backs up a data folder to a file, and its secret to another file beside it, while a server works on it. The file appears when it
 * is complete. Throws StoreError if one of the two exists: a backup never replaces anything.
 */
export async function backUp(folder: string, file: string, { onProgress, verify }: BackupDeps): Promise<BackupResult> {
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

/** Copies a secret to a file that does not exist yet, readable by its owner only. */
export function copySecret(from: string, to: string): void {
  writeFileSync(to, readFileSync(from), { flag: 'wx', mode: 0o600, flush: true });
}

/**
 * Copies an open database, as it is at one moment, to a file that does not exist; others may go on writing to the database. The
 * copy is one file, readable by its owner only, and synced to disk. If that fails, throws and leaves nothing.
 */
export async function copyDatabase(source: Database.Database, file: string, onProgress: CopyProgress): Promise<void> {
  closeSync(openSync(file, 'wx', 0o600));
  // SQLite would take what a killed copy left there for a part of this one.
  for (const suffix of SIDE_FILES) rmSync(file + suffix, { force: true });
  try {
    // A read transaction holds one state. Without it, each commit of a server would restart the copy.
    source.exec('BEGIN');
    const pageSize = source.pragma('page_size', { simple: true }) as number;
    await source.backup(file, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress((totalPages - remainingPages) * pageSize, totalPages * pageSize);
        return STEP_PAGES;
      },
    });
    source.exec('ROLLBACK');
    const copy = new Database(file, { fileMustExist: true });
    // Merges the WAL into the file; opening the store turns it on again.
    copy.pragma('journal_mode = DELETE');
    copy.close();
    sync(file);
  } catch (error) {
    for (const suffix of ['', ...SIDE_FILES]) rmSync(file + suffix, { force: true });
    throw error;
  }
}
