import Database from 'better-sqlite3';
import { DocumentCheck } from './document-check.ts';
import type { Problem } from './log-replay.ts';

/** The outcome of a check. */
export interface CheckResult {
  readonly documents: number;
  readonly changes: number;
  readonly problems: number;
  /** Documents with at least one problem. */
  readonly damaged: number;
}

/** What a check tells while it runs. */
export interface CheckEvents {
  readonly onProblem: (problem: Problem) => void;
  /** Told after each document: changes read, and changes in all. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Reads a whole database and compares all that is redundant in it: the structure of the file, foreign keys, the density of the log,
 * times and seqs, checksums, clients, and each snapshot with the replayed log. Each document is checked in a read transaction of
 * its own, so a server may work meanwhile.
 */
export function checkStore(database: Database.Database, { onProblem, onProgress }: CheckEvents): CheckResult {
  let problems = 0;
  const damaged = new Set<string>();
  const report = (problem: Problem): void => {
    problems += 1;
    if (problem.documentId !== undefined) damaged.add(problem.documentId);
    onProblem(problem);
  };
  checkFile(database, report);
  const total = database
    .prepare<[], number>('SELECT (SELECT coalesce(sum(size), 0) FROM run) + (SELECT coalesce(sum(size), 0) FROM chunk)')
    .pluck()
    .get()!;
  const documents = database.prepare<[], { key: number; id: string }>('SELECT key, id FROM document').all();
  const check = new DocumentCheck(database);
  let changes = 0;
  for (const { key, id } of documents) {
    try {
      changes += check.run(key, (problem) => report({ ...problem, documentId: id }));
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      report({ documentId: id, message: `it cannot be read: ${error.message}` });
    }
    onProgress(Math.min(changes, total), total);
  }
  return { documents: documents.length, changes, problems, damaged: damaged.size };
}

function checkFile(database: Database.Database, report: (problem: Problem) => void): void {
  for (const { integrity_check: line } of database.pragma('integrity_check') as { integrity_check: string }[]) {
    if (line !== 'ok') report({ message: `the database file is damaged: ${line}` });
  }
  const orphans = database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
  for (const { table, rowid, parent } of orphans) {
    report({ message: `row ${rowid ?? '?'} of table ${table} names a row of table ${parent} that is not there` });
  }
}
