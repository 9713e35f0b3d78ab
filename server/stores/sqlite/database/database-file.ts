import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Marks the file as ours: "Weft". */
export const APPLICATION_ID = 0x57656674;

/** Milliseconds to wait for another program (a backup, a shell) that holds the database. */
export const BUSY_TIMEOUT = 5000;

/** Suffixes of the files that SQLite may leave beside a database, and takes for a part of it. */
export const SIDE_FILES = ['-journal', '-wal', '-shm'] as const;

/** The database file of a data folder. */
export function databaseFile(folder: string): string {
  return path.join(folder, 'weft.sqlite');
}

/** What a restore in a data folder works on, until it takes the place of the database. */
export function restoringFile(folder: string): string {
  return path.join(folder, 'weft.sqlite.restoring');
}

/** Bytes of the database in a folder and of its write-ahead log. */
export async function storeBytes(folder: string): Promise<number> {
  const file = databaseFile(folder);
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((part) =>
      stat(part).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Lets SQLite roll back what a process wrote that was killed in the middle. Only a write without the write-ahead log leaves a
 * journal for that, such as the one that turns the log on. Only a connection that may write can roll back, so this comes before
 * opening to read. Throws what SQLite throws.
 */
export function rollBackHalfWritten(file: string): void {
  if (!existsSync(`${file}-journal`)) return;
  const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT });
  try {
    database.pragma('user_version');
  } finally {
    database.close();
  }
}
