import Database from 'better-sqlite3';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { sync } from '../../../base/durable-files.ts';
import {
  APPLICATION_ID,
  BUSY_TIMEOUT,
  databaseFile,
  restoringFile,
  rollBackHalfWritten,
  SIDE_FILES,
} from './database-file.ts';
import { emptySearch, problemsOfFile } from './damage.ts';
import { MIGRATIONS, migrate, missingMigrations, schemaNumber } from './migrate.ts';
import { assertSoundSqlite } from './soundness.ts';

/** Milliseconds to wait for another program while a server runs: the server retries by itself, and meanwhile reads should go on. */
const BUSY_TIMEOUT_OPEN = 1000;
/** Bytes to which the write-ahead log is truncated after a long reader has let it grow. */
const WAL_BYTES = 16 * 1024 * 1024;

/** The value of `auto_vacuum` for incremental vacuum; it must be set before the first table. */
export const INCREMENTAL_VACUUM = 2;

/** Where a store lives on disk. */
export interface Place {
  readonly folder: string;
  readonly migrations: string;
  /** Bytes beyond which the database takes no more (SQLITE_FULL), as if the disk were full; unlimited by default. */
  readonly maximumBytes?: number | undefined;
}

/**
 * Opens at start: creates what is missing, refuses what is damaged, foreign or too new, and brings the schema up to date.
 * Reads the whole file once. A search index that is damaged is reported and emptied. Throws StoreError with a message that says what
 * to do.
 */
export function openAtStart(place: Place, report: (message: string) => void): Database.Database {
  assertSoundSqlite();
  const file = databaseFile(place.folder);
  if (!existsSync(file)) {
    for (const [suffix, name] of [
      ['-wal', 'write-ahead log'],
      ['-journal', 'journal'],
    ] as const) {
      if (existsSync(file + suffix)) throw damaged(file, `it is missing, while its ${name} is there`);
    }
    if (existsSync(restoringFile(place.folder))) {
      throw damaged(file, 'a restore was begun in its place and did not come to its end');
    }
    createDatabase(file, place.migrations);
  }
  const searchProblem = inspect(file);
  const database = openAgain(place);
  try {
    migrate(database, place.migrations);
    if (searchProblem !== undefined) {
      report(`The search index is damaged (${searchProblem}); the documents are whole, and are indexed anew.`);
      emptySearch(database);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Opens a database that was open before in this process. It is never created here: a missing file stays an error. */
export function openAgain(place: Place): Database.Database {
  const database = new Database(databaseFile(place.folder), { fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    const mode = database.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal')
      throw new StoreError('STORE_DAMAGED', `${database.name} lies where no write-ahead log is possible`);
    // FULL syncs the WAL at every commit. The two others do so on macOS, where a plain fsync stops at the drive's cache.
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('checkpoint_fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_OPEN}`);
    database.pragma(`journal_size_limit = ${WAL_BYTES}`);
    if (place.maximumBytes !== undefined) {
      const pageSize = database.pragma('page_size', { simple: true }) as number;
      database.pragma(`max_page_count = ${Math.ceil(place.maximumBytes / pageSize)}`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the database of a data folder to read it, also while a server works on it. It takes no lock that a server would wait for
 * and writes nothing, except that SQLite may roll back what a killed process left half written. Throws StoreError with a message
 * that says what to do.
 */
export function openToRead(folder: string): Database.Database {
  const place = path.resolve(folder);
  const file = databaseFile(place);
  if (!existsSync(file)) {
    throw new StoreError(
      'STORE_MISSING',
      `There is no database in ${place}. Name the data folder with --data or WEFT_DATA.`,
    );
  }
  return openFileToRead(file);
}

/** Opens any database file to read it, such as a backup. If `mayBeOlder`, it may lack the newest migrations. */
export function openFileToRead(file: string, { mayBeOlder = false } = {}): Database.Database {
  if (!existsSync(file)) throw new StoreError('STORE_MISSING', `There is no file ${file}.`);
  let database: Database.Database | undefined;
  try {
    rollBackHalfWritten(file);
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw new StoreError('STORE_DAMAGED', `${file} is not a database of Weft.`);
    }
    if (missingMigrations(database, MIGRATIONS).length > 0 && !mayBeOlder) {
      throw new StoreError(
        'STORE_TOO_OLD',
        `${file} was written by an older Weft. Start this one on it once, which brings it up to date.`,
      );
    }
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw new StoreError('STORE_DAMAGED', `${file} cannot be read: ${error.message}.`, { cause: error });
    }
    throw error;
  }
}

/** Makes the database in a draft file and renames it, so that a half-made one is never mistaken for a whole one. */
function createDatabase(file: string, migrations: string): void {
  const draft = `${file}.new`;
  for (const suffix of ['', ...SIDE_FILES]) rmSync(draft + suffix, { force: true });
  const database = new Database(draft);
  try {
    database.pragma(`auto_vacuum = ${INCREMENTAL_VACUUM}`);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, migrations);
  } finally {
    database.close();
  }
  renameSync(draft, file);
  sync(path.dirname(file));
}

/**
 * Reads everything and changes nothing: a damaged database is left as it was found, and so is its write-ahead log. Returns what is
 * wrong with the search index, if anything.
 */
function inspect(file: string): string | undefined {
  if (statSync(file).size === 0) throw damaged(file, 'it is empty');
  let database: Database.Database | undefined;
  try {
    rollBackHalfWritten(file);
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    const { damage, search } = problemsOfFile(database, 'quick_check');
    if (damage[0] !== undefined) throw damaged(file, damage[0]);
    const id = database.pragma('application_id', { simple: true });
    if (id !== APPLICATION_ID || schemaNumber(database) === 0) throw damaged(file, 'it is not a database of Weft');
    return search[0];
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw damaged(file, error.message, error);
    }
    throw error;
  } finally {
    database?.close();
  }
}

function damaged(file: string, problem: string, cause?: Error): StoreError {
  return new StoreError(
    'STORE_DAMAGED',
    `The database ${file} cannot be used: ${problem}. Nothing was changed. Restore the newest backup of the data folder; ` +
      'or, to start without documents, move every file named weft.sqlite* elsewhere and keep them.',
    { cause },
  );
}
