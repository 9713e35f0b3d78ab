import Database from 'better-sqlite3';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { StoreError } from '../../store-error.ts';

/**
 * Keeps a data folder to one process. The lock is an open transaction on the empty SQLite file `weft.lock`. The system releases it
 * when the process ends, however it ends, so nothing has to be cleaned up. `weft.pid` beside it only names the process.
 */
export class FolderLock {
  readonly #database: Database.Database;
  readonly #note: string;

  private constructor(database: Database.Database, note: string) {
    this.#database = database;
    this.#note = note;
  }

  /** Locks a folder that exists. Throws StoreError STORE_IN_USE if another process, or another store in this one, holds it. */
  static acquire(folder: string): FolderLock {
    const note = path.join(folder, 'weft.pid');
    const database = new Database(path.join(folder, 'weft.lock'), { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
      throw new StoreError(
        'STORE_IN_USE',
        `The data folder ${folder} is in use by ${holder(note)}. Stop that server first, or give this one another folder.`,
      );
    }
    try {
      writeFileSync(note, `${process.pid} ${hostname()}\n`);
    } catch {
      // The disk is full. The lock holds without the note.
    }
    return new FolderLock(database, note);
  }

  release(): void {
    if (!this.#database.open) return;
    rmSync(this.#note, { force: true });
    this.#database.close();
  }
}

function holder(note: string): string {
  try {
    const [pid, host] = readFileSync(note, 'utf8').trim().split(' ');
    if (pid) return `process ${pid}${host ? ` on ${host}` : ''}`;
  } catch {
    // It has just taken the lock, or could not write the note.
  }
  return 'another process';
}
