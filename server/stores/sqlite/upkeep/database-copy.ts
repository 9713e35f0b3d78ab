import Database from 'better-sqlite3';
import { closeSync, openSync, rmSync } from 'node:fs';
import { sync } from '../../../base/durable-files.ts';
import { SIDE_FILES } from '../database/half-written.ts';

/** Pages that are copied before others have a turn. */
const STEP_PAGES = 1000;

/** Told how many bytes of how many were copied. */
export type CopyWatch = (done: number, total: number) => void;

/**
 * Copies an open database to a file that does not exist, as it is in one moment, while others go on writing to it. The copy is one
 * file that only its owner may read, synced to disk. Throws, and leaves nothing, where that fails.
 */
export async function copyDatabase(source: Database.Database, file: string, onProgress: CopyWatch): Promise<void> {
  closeSync(openSync(file, 'wx', 0o600));
  // What a copy that was killed left there would be taken for a part of this one.
  for (const suffix of SIDE_FILES) rmSync(file + suffix, { force: true });
  try {
    // A read transaction keeps its moment. Without it, each commit of a server would make the copy begin anew.
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
    // Without a write-ahead log beside it; opening the store brings that back.
    copy.pragma('journal_mode = DELETE');
    copy.close();
    sync(file);
  } catch (error) {
    for (const suffix of ['', ...SIDE_FILES]) rmSync(file + suffix, { force: true });
    throw error;
  }
}
