import type Database from 'better-sqlite3';
import type { Change, VersionName } from '../../../../shared/sync/change.ts';
import { EditBuilder, editsEqual, type Edit } from '../../../../shared/text/edit.ts';

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

/** A change as its run stores it; version and timestamp follow from the run's row. */
export interface StoredChange {
  readonly client: number;
  readonly seq: number;
  readonly edit: Edit;
}

/** Entries per change: client key, version minus seq (0 for a document's only client, which keeps rows short), edit. */
const ENTRIES = 3;

/** The `data` of a run. JSON escapes lone surrogates, so every string keeps its UTF-16 units. */
export function encodeRun(changes: readonly Change[], clientKey: (clientId: string) => number): string {
  return JSON.stringify(
    changes.flatMap(({ clientId, version, seq, edit }) => [clientKey(clientId), version - seq, edit]),
  );
}

/** Reads the `data` of a run of `size` changes from `version` on. Throws if it is not exactly what `encodeRun` writes. */
export function decodeRun(data: string, version: number, size: number): StoredChange[] {
  const entries = parse(data);
  if (!Array.isArray(entries) || entries.length !== size * ENTRIES) throw new Error(`Not a list of ${size} changes`);
  const changes: StoredChange[] = [];
  for (let index = 0; index < size; index += 1) {
    const [client, lag, edit] = entries.slice(index * ENTRIES, (index + 1) * ENTRIES) as [unknown, unknown, unknown];
    if (!isInteger(client) || !isInteger(lag)) throw new Error('A change without client or seq');
    changes.push({ client, seq: version + index - lag, edit: decodeEdit(edit) });
  }
  return changes;
}

/** JSON.parse without its own error, which would quote the text of documents in logs. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new Error('Not JSON');
  }
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Accepts only canonical edits, so that what is read is what was applied when it was committed. */
function decodeEdit(value: unknown): Edit {
  if (!Array.isArray(value)) throw new Error('Not an edit');
  const builder = new EditBuilder();
  for (const part of value as unknown[]) {
    if (typeof part === 'string') builder.insert(part);
    else if (!isInteger(part)) throw new Error('Not a part of an edit');
    else if (part > 0) builder.retain(part);
    else builder.delete(-part);
  }
  const edit = builder.finish();
  if (!editsEqual(edit, value as Edit)) throw new Error('Not a canonical edit');
  return edit;
}
