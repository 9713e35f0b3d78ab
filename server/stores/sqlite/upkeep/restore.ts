import Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { copyDatabase, copySecret, secretOfBackup, secretOfFolder, type BackupDeps } from './backup.ts';
import { sync } from '../../../base/durable-files.ts';
import { FolderLock } from '../database/folder-lock.ts';
import { databaseFile, restoringFile, rollBackHalfWritten, SIDE_FILES } from '../database/database-file.ts';
import { MIGRATIONS, migrate } from '../database/migrate.ts';
import { openFileToRead } from '../database/open-database.ts';

export interface RestoreOptions extends BackupDeps {
  /** The data folder. */
  readonly folder: string;
  /** The backup. */
  readonly file: string;
  /** Restore even if the folder holds documents; they are moved aside. */
  readonly force: boolean;
  /** The name of the folder inside the data folder to which the old database is moved. */
  readonly asideName: string;
}

export interface RestoreResult {
  /** The folder of the old database and its side files; undefined if there was none. */
  readonly aside: string | undefined;
  /** Whether the backup brought the secret. */
  readonly hasSecret: boolean;
}

/**
 * Replaces the database of a data folder with a backup; no server may use the folder meanwhile. The backup is copied, migrated and
 * verified before anything else is touched, then the old database is moved aside. Between the two a server refuses to start. If it
 * cannot be done, throws StoreError and changes nothing.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { folder, file, force } = options;
  const lock = FolderLock.acquire(folder);
  try {
    if (!force && holdsDocuments(folder)) {
      throw new StoreError(
        'STORE_MISUSED',
        `${folder} holds documents. Nothing was changed. With --force they are moved aside and the backup takes their place.`,
      );
    }
    const draft = restoringFile(folder);
    rmSync(draft, { force: true });
    const backup = openFileToRead(file, { mayBeOlder: true });
    try {
      await copyDatabase(backup, draft, options.onProgress);
    } finally {
      backup.close();
    }
    if (!isWhole(draft, options.verify)) {
      rmSync(draft);
      throw new StoreError('STORE_DAMAGED', `${file} is damaged; see above. Nothing was changed.`);
    }
    const hasSecret = existsSync(secretOfBackup(file));
    const aside = moveAside(folder, options.asideName, hasSecret);
    if (hasSecret) copySecret(secretOfBackup(file), secretOfFolder(folder));
    renameSync(draft, databaseFile(folder));
    sync(folder);
    return { aside, hasSecret };
  } finally {
    lock.release();
  }
}

/** Also true if the database cannot be read. */
function holdsDocuments(folder: string): boolean {
  const file = databaseFile(folder);
  if (!existsSync(file)) return SIDE_FILES.some((suffix) => existsSync(file + suffix));
  try {
    rollBackHalfWritten(file);
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return database.prepare('SELECT 1 FROM document LIMIT 1').get() !== undefined;
    } finally {
      database.close();
    }
  } catch {
    return true;
  }
}

function isWhole(draft: string, verify: RestoreOptions['verify']): boolean {
  const database = new Database(draft, { fileMustExist: true });
  try {
    migrate(database, MIGRATIONS);
    return verify(database);
  } finally {
    database.close();
  }
}

/** Moves the database with its side files and, if `withSecret`, the secret. Returns the folder, undefined if there was nothing. */
function moveAside(folder: string, name: string, withSecret: boolean): string | undefined {
  const file = databaseFile(folder);
  const old = [
    file,
    ...SIDE_FILES.map((suffix) => file + suffix),
    ...(withSecret ? [secretOfFolder(folder)] : []),
  ].filter(existsSync);
  if (old.length === 0) return undefined;
  const aside = path.join(folder, name);
  mkdirSync(aside, { mode: 0o700 });
  for (const each of old) renameSync(each, path.join(aside, path.basename(each)));
  sync(aside);
  sync(folder);
  return aside;
}
