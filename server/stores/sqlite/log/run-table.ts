import type Database from 'better-sqlite3';
import type { VersionName } from '../../../../shared/sync/change.ts';

/** Where a run stands in the log of its document. */
export interface RunPlace {
  /** Of its first change. */
  readonly version: number;
  /** Of all its changes. */
  readonly timestamp: number;
  /** How many changes it holds. */
  readonly size: number;
}

/** Changes that were committed together and are not compacted yet. */
export interface RunRow extends RunPlace {
  readonly data: string;
}

/** The runs of a document, from the first to the newest. If there are none, all but the ids is null. */
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

/** SQL for the key of the first (`min`) or the newest (`max`) run of the `document` of a statement; null without any. */
export function edgeOfRuns(which: 'min' | 'max'): string {
  const runs = 'edge.key > (document.key << 32) AND edge.key < ((document.key + 1) << 32)';
  return `(SELECT ${which}(key) FROM run AS edge WHERE ${runs})`;
}

/** The rows of recent history. A run's key holds its document in the upper and its version in the lower 32 bits. */
export class RunTable {
  readonly #last;
  readonly #containing;
  readonly #from;
  readonly #spans;
  readonly #insert;
  readonly #delete;

  constructor(database: Database.Database) {
    const place = 'SELECT version, timestamp, size FROM run WHERE key > (? << 32)';
    this.#last = database.prepare<[number, number], RunPlace>(
      `${place} AND key < ((? + 1) << 32) ORDER BY key DESC LIMIT 1`,
    );
    this.#containing = database.prepare<[number, number, number], RunPlace>(
      `${place} AND key <= (? << 32) + ? ORDER BY key DESC LIMIT 1`,
    );
    this.#from = database.prepare<[number, number, number], RunRow>(
      'SELECT version, timestamp, size, data FROM run WHERE key >= (? << 32) + ? AND key < ((? + 1) << 32) ORDER BY key',
    );
    this.#spans = database.prepare<[number, number], RunSpan>(
      `SELECT document.key AS document, document.id, ${edgeOfRuns('min')} & 4294967295 AS first,
         newest.version AS newest, newest.size AS newestSize, newest.timestamp
       FROM (SELECT key, id FROM document WHERE key > ? ORDER BY key LIMIT ?) AS document
       LEFT JOIN run AS newest ON newest.key = ${edgeOfRuns('max')}
       ORDER BY document.key`,
    );
    this.#insert = database.prepare('INSERT INTO run (key, timestamp, size, data) VALUES ((? << 32) + ?, ?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM run WHERE key BETWEEN (? << 32) + ? AND (? << 32) + ?');
  }

  last(document: number): RunPlace | undefined {
    return this.#last.get(document, document);
  }

  /** The newest run that begins at or before a version; it may end before it. */
  containing(document: number, version: number): RunPlace | undefined {
    return this.#containing.get(document, document, version);
  }

  /** Runs from the one that begins at a version on, oldest first. */
  from(document: number, version: number): Iterable<RunRow> {
    return this.#from.iterate(document, version, document);
  }

  /** The spans of at most `limit` documents whose keys are greater than `document`, in the order of their keys. */
  spansAfter(document: number, limit: number): readonly RunSpan[] {
    return this.#spans.all(document, limit);
  }

  /** Called inside a transaction; the version and time are those of the first of `size` changes. */
  insert(document: number, { version, timestamp }: VersionName, size: number, data: string): void {
    this.#insert.run(document, version, timestamp, size, data);
  }

  /** Deletes the runs that begin from `first` to `last` and returns how many they were. Called inside a transaction. */
  delete(document: number, first: number, last: number): number {
    return this.#delete.run(document, first, document, last).changes;
  }
}
