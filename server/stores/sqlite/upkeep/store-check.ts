import Database from 'better-sqlite3';
import { ChunkedText } from '../../../../shared/text/chunked-text.ts';
import { problemsOfFile } from '../database/damage.ts';
import type { LogPiece } from '../log/change-log.ts';
import { ChunkTable } from '../log/chunk-table.ts';
import { RunTable } from '../log/run-table.ts';
import { unpackText, type PackedSnapshot } from '../log/snapshot-table.ts';
import { LogReplay, reason, type ClientRow, type Problem } from './log-replay.ts';

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
  /** Told what is wrong with the search index: no problem, because the next start makes it anew. */
  readonly onSearchProblem: (message: string) => void;
  /** Told after each document: changes read, and changes in all. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Reads a whole database and compares all that is redundant in it: the structure of the file, foreign keys, the density of the log,
 * times and seqs, checksums, clients, and each snapshot with the replayed log. Each document is checked in a read transaction of
 * its own, so a server may work meanwhile.
 */
export function checkStore(
  database: Database.Database,
  { onProblem, onSearchProblem, onProgress }: CheckEvents,
): CheckResult {
  let problems = 0;
  const damaged = new Set<string>();
  const report = (problem: Problem): void => {
    problems += 1;
    if (problem.documentId !== undefined) damaged.add(problem.documentId);
    onProblem(problem);
  };
  checkFile(database, report, onSearchProblem);
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

function checkFile(
  database: Database.Database,
  report: (problem: Problem) => void,
  onSearchProblem: CheckEvents['onSearchProblem'],
): void {
  const { damage, search } = problemsOfFile(database, 'integrity_check');
  for (const line of damage) report({ message: `the database file is damaged: ${line}` });
  for (const line of search) onSearchProblem(line);
  const orphans = database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[];
  for (const { table, rowid, parent } of orphans) {
    report({ message: `row ${rowid ?? '?'} of table ${table} names a row of table ${parent} that is not there` });
  }
}

type SnapshotName = Pick<PackedSnapshot, 'version' | 'timestamp'>;

/** Reads everything that is stored of a document and reports what is inconsistent. */
class DocumentCheck {
  readonly #database: Database.Database;
  readonly #chunks: ChunkTable;
  readonly #runs: RunTable;
  readonly #clients;
  readonly #snapshots;
  readonly #snapshot;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#chunks = new ChunkTable(database);
    this.#runs = new RunTable(database);
    this.#clients = database.prepare<[number], ClientRow>('SELECT key, seq, version FROM client WHERE document = ?');
    this.#snapshots = database.prepare<[number], SnapshotName>(
      'SELECT version, timestamp FROM snapshot WHERE document = ? ORDER BY version',
    );
    this.#snapshot = database.prepare<[number, number], PackedSnapshot>(
      'SELECT version, timestamp, checksum, body FROM snapshot WHERE document = ? AND version = ?',
    );
  }

  /** Checks a document in one read transaction. Returns how many changes it has. */
  run(document: number, report: (problem: Omit<Problem, 'documentId'>) => void): number {
    return this.#database.transaction(() => {
      const replay = new LogReplay(this.#clients.all(document), report);
      const snapshots = this.#snapshots.all(document);
      for (const piece of this.#pieces(document)) {
        replay.piece(piece, (version, timestamp, text) => {
          while (snapshots[0] !== undefined && snapshots[0].version < version) snapshots.shift();
          if (snapshots[0]?.version !== version) return undefined;
          return this.#compare(document, snapshots.shift()!, timestamp, text, report);
        });
      }
      for (const { version } of snapshots) {
        if (version > replay.version) report({ version, message: 'a snapshot is newer than the log' });
      }
      replay.end();
      return replay.version;
    })();
  }

  *#pieces(document: number): Iterable<LogPiece> {
    yield* this.#chunks.from(document, 0);
    yield* this.#runs.from(document, 0);
  }

  /** Compares a snapshot with the text of the replayed log. Returns the text to continue with. */
  #compare(
    document: number,
    { version }: SnapshotName,
    timestamp: number,
    text: ChunkedText | undefined,
    report: (problem: Problem) => void,
  ): ChunkedText | undefined {
    const row = this.#snapshot.get(document, version)!;
    if (row.timestamp !== timestamp) {
      report({ version, message: 'the snapshot is of another history' });
      return text;
    }
    try {
      const stored = unpackText(row.checksum, row.body);
      if (text === undefined) return ChunkedText.from(stored);
      if (stored !== text.toString())
        report({ version, message: 'the snapshot is not the text that the log comes to' });
    } catch (error) {
      report({ version, message: `the snapshot cannot be read: ${reason(error)}` });
    }
    return text;
  }
}
