import type Database from 'better-sqlite3';
import type { RunRow } from './log-piece.ts';
import { edgeOfRuns, RUNS_FROM } from './run-key.ts';

/** The runs of a document, from the first to the newest; without any, everything but its ids is null. */
export interface RunSpan {
  readonly document: number;
  /** The public id of the document. */
  readonly id: string;
  /** The version of the first change that is in a run. */
  readonly first: number | null;
  /** The version of the first change of the newest run, how many it holds, and when they were committed. */
  readonly newest: number | null;
  readonly newestSize: number | null;
  readonly timestamp: number | null;
}

/** The run rows as compaction sees them. */
export class ColdRuns {
  readonly #spans;
  readonly #from;
  readonly #delete;

  constructor(database: Database.Database) {
    this.#spans = database.prepare<[number, number], RunSpan>(
      `SELECT document.key AS document, document.id, ${edgeOfRuns('min')} & 4294967295 AS first,
         newest.version AS newest, newest.size AS newestSize, newest.timestamp
       FROM (SELECT key, id FROM document WHERE key > ? ORDER BY key LIMIT ?) AS document
       LEFT JOIN run AS newest ON newest.key = ${edgeOfRuns('max')}
       ORDER BY document.key`,
    );
    this.#from = database.prepare<[number, number, number], RunRow>(RUNS_FROM);
    this.#delete = database.prepare('DELETE FROM run WHERE key BETWEEN (? << 32) + ? AND (? << 32) + ?');
  }

  /** The spans of the next documents behind a key, in the order of their keys; none behind the last. */
  spansAfter(document: number, limit: number): readonly RunSpan[] {
    return this.#spans.all(document, limit);
  }

  /** Runs from the one that begins at a version on, oldest first. */
  from(document: number, version: number): Iterable<RunRow> {
    return this.#from.iterate(document, version, document);
  }

  /** Deletes the runs that begin from `first` to `last` and tells how many they were; called inside a transaction. */
  delete(document: number, first: number, last: number): number {
    return this.#delete.run(document, first, document, last).changes;
  }
}
