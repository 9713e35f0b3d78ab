import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';
import { APPLICATION_ID, BUSY_TIMEOUT, databaseFile, rollBackHalfWritten } from './database-file.ts';
import { MIGRATIONS, missingMigrations } from './migrate.ts';

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
