import Database from 'better-sqlite3';

/** True for anything but a failing disk: what was read is not what was once written. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Database.SqliteError ? error.code.startsWith('SQLITE_CORRUPT') : error instanceof Error;
}

/** What is wrong with a database file. */
export interface FileProblems {
  /** With what cannot be made anew. */
  readonly damage: readonly string[];
  /** With the search index alone, which is made from the texts. */
  readonly search: readonly string[];
}

/** Has SQLite read a whole file, in its quick way or in all of its ways. Throws what SQLite throws. */
export function problemsOfFile(database: Database.Database, check: 'quick_check' | 'integrity_check'): FileProblems {
  const rows = database.pragma(check) as Record<string, string>[];
  const lines = rows.map((row) => row[check]!).filter((line) => line !== 'ok');
  return { damage: lines.filter((line) => !isOfSearch(line)), search: lines.filter(isOfSearch) };
}

function isOfSearch(line: string): boolean {
  return /^fts5:|\bpiece_index\b/.test(line);
}

/** Empties the search index of a database, so that all texts are indexed anew. Lists show what they showed until then. */
export function emptySearch(database: Database.Database): void {
  database.transaction(() => {
    database.exec(`
      INSERT INTO piece_index (piece_index) VALUES ('delete-all');
      DELETE FROM piece;
      UPDATE digest SET version = -1;
    `);
  })();
}
