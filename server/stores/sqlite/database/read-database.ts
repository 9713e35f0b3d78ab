import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { BUSY_TIMEOUT, undoHalfWritten } from './half-written.ts';
import { MIGRATIONS, missingMigrations } from './migrate.ts';
import { APPLICATION_ID, databaseFile } from './open-database.ts';

/**
 * Opens the database of a data folder to read it, beside a running server too: it writes nothing, but that it lets
 * SQLite undo what a killed process left half written, and takes no lock that a server would wait for. Throws StoreError with a message that says what to do.
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

/** The same for a database file that lies anywhere, such as a backup; that one may be of an older Weft where the caller says so. */
export function openFileToRead(file: string, { mayBeOlder = false } = {}): Database.Database {
  if (!existsSync(file)) throw new StoreError('STORE_MISSING', `There is no file ${file}.`);
  let database: Database.Database | undefined;
  try {
    undoHalfWritten(file);
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
