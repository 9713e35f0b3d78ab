import Database from 'better-sqlite3';
import { DocumentCheck } from './document-check.ts';
import type { Problem } from '../log/log-replay.ts';

/** What a check came to. */
export interface CheckResult {
  readonly documents: number;
  readonly changes: number;
  readonly problems: number;
  /** Documents that have one. */
  readonly damaged: number;
}

/** Who follows a check. */
export interface CheckWatch {
  readonly onProblem: (problem: Problem) => void;
  /** Told after each document how many changes of how many were read. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Reads a whole database and compares everything in it that says something twice: the structure of the file, keys and what they
 * name, the density of the log, times and seqs, checksums, clients, and each snapshot with the log replayed. Every document is
 * checked in one moment of its own, so a server may work meanwhile.
 */
export function checkStore(database: Database.Database, { onProblem, onProgress }: CheckWatch): CheckResult {
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
