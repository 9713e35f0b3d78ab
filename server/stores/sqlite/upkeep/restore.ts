import Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { copySecret, secretOfBackup, secretOfFolder, type BackupWatch } from './backup.ts';
import { sync } from '../../../base/durable-files.ts';
import { copyDatabase } from './database-copy.ts';
import { FolderLock } from '../database/folder-lock.ts';
import { SIDE_FILES, undoHalfWritten } from '../database/half-written.ts';
import { MIGRATIONS, migrate } from '../database/migrate.ts';
import { databaseFile, restoringFile } from '../database/open-database.ts';
import { openFileToRead } from '../database/read-database.ts';

export interface RestoreOptions extends BackupWatch {
  readonly folder: string;
  /** The backup. */
  readonly file: string;
  /** Also where the folder holds documents; they are kept aside. */
  readonly force: boolean;
  /** Names the folder in which the old database is kept, inside of the data folder. */
  readonly asideName: string;
}

export interface RestoreResult {
  /** Where the old database and what belongs to it are now; undefined where there was none. */
  readonly aside: string | undefined;
  /** Whether the backup brought the secret. */
  readonly hasSecret: boolean;
}

/**
 * Puts a backup in the place of the database of a data folder, which no server may use meanwhile. The backup is copied, brought
 * up to date and verified before anything else is touched; the old database is moved aside. Between the two a server refuses to
 * start. Throws StoreError, and changes nothing, where it cannot be done.
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

/** Also true where nobody can tell. */
function holdsDocuments(folder: string): boolean {
  const file = databaseFile(folder);
  if (!existsSync(file)) return SIDE_FILES.some((suffix) => existsSync(file + suffix));
  try {
    undoHalfWritten(file);
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

/** Moves the database, with what belongs to it, and the secret where it is replaced. */
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
