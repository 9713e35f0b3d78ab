import Database from 'better-sqlite3';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { sync } from '../../../base/durable-files.ts';
import { BUSY_TIMEOUT, SIDE_FILES, undoHalfWritten } from './half-written.ts';
import { migrate, schemaNumber } from './migrate.ts';
import { assertSoundSqlite } from './sqlite-version.ts';

/** Marks the file as ours: "Weft". */
export const APPLICATION_ID = 0x57656674;
/** The same while a server runs: it tries again by itself, and meanwhile reading should go on. */
const BUSY_TIMEOUT_OPEN = 1000;
/** The write-ahead log shrinks back to this many bytes when a long reader has let it grow. */
const WAL_BYTES = 16 * 1024 * 1024;

/** The auto_vacuum of a database that is shortened when it is told to; it must be set before the first table. */
export const INCREMENTAL = 2;

/** Where a store lives on disk. */
export interface Place {
  readonly folder: string;
  readonly migrations: string;
  /** Bytes of the database beyond which it takes no more (SQLITE_FULL), as if the disk were full; no bound unless given. */
  readonly maximumBytes?: number | undefined;
}

/** The database file of a data folder. */
export function databaseFile(folder: string): string {
  return path.join(folder, 'weft.sqlite');
}

/** What a restore in a data folder works on, until it takes the place of the database. */
export function restoringFile(folder: string): string {
  return path.join(folder, 'weft.sqlite.restoring');
}

/**
 * Opens at start: creates what is missing, refuses what is damaged, foreign or too new, and brings the schema up to date.
 * Reads the whole file once. Throws StoreError with a message that says what to do.
 */
export function openAtStart(place: Place): Database.Database {
  assertSoundSqlite(sqliteVersion());
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
  inspect(file);
  const database = openAgain(place);
  try {
    migrate(database, place.migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Opens a database that was open before in this process. It is never created here: a file that went away stays an error. */
export function openAgain(place: Place): Database.Database {
  const database = new Database(databaseFile(place.folder), { fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    const mode = database.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal')
      throw new StoreError('STORE_DAMAGED', `${database.name} lies where no write-ahead log is possible`);
    // FULL syncs the log at every commit; the two others ask the same of macOS, where a plain sync stops at the drive's cache.
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

/** Of the library, which asks for no file. */
function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return database.prepare<[], string>('SELECT sqlite_version()').pluck().get()!;
  } finally {
    database.close();
  }
}

/** Makes a whole database beside its place and moves it there, so that a half-made one is never mistaken for a whole one. */
function createDatabase(file: string, migrations: string): void {
  const draft = `${file}.new`;
  for (const suffix of ['', ...SIDE_FILES]) rmSync(draft + suffix, { force: true });
  const database = new Database(draft);
  try {
    database.pragma(`auto_vacuum = ${INCREMENTAL}`);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, migrations);
  } finally {
    database.close();
  }
  renameSync(draft, file);
  sync(path.dirname(file));
}

/** Reads everything and writes nothing anew: a damaged database is left as it was found, its write-ahead log too. */
function inspect(file: string): void {
  if (statSync(file).size === 0) throw damaged(file, 'it is empty');
  let database: Database.Database | undefined;
  try {
    undoHalfWritten(file);
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    const problem = database.pragma('quick_check(1)', { simple: true }) as string;
    if (problem !== 'ok') throw damaged(file, problem);
    const id = database.pragma('application_id', { simple: true });
    if (id !== APPLICATION_ID || schemaNumber(database) === 0) throw damaged(file, 'it is not a database of Weft');
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
