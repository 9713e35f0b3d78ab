import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';

/** Milliseconds to wait for another program (a backup, a shell) that holds the database. */
export const BUSY_TIMEOUT = 5000;

/** What SQLite may leave beside a database file, and takes for a part of it. */
export const SIDE_FILES = ['-journal', '-wal', '-shm'] as const;

/**
 * Lets SQLite undo what a process wrote that was killed in the middle. Only a write without the write-ahead log leaves a journal
 * for that, such as the one that turns the log on; and only who may write can undo it, so this comes before reading. Throws
 * what SQLite throws.
 */
export function undoHalfWritten(file: string): void {
  if (!existsSync(`${file}-journal`)) return;
  const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    database.pragma('user_version');
  } finally {
    database.close();
  }
}
