import Database from 'better-sqlite3';
import path from 'node:path';

/** One change as stored in the database. */
export interface StoredChange {
  readonly version: number;
  readonly timestamp: number;
  readonly clientId: string;
  readonly seq: number;
}

/** Reads a document's log from the database file, without any code of the store. */
export function readStoredLog(dataFolder: string, documentId: string): StoredChange[] {
  const database = new Database(path.join(dataFolder, 'weft.sqlite'), { readonly: true });
  try {
    const clients = new Map(
      (database.prepare('SELECT key, id FROM client').all() as { key: number; id: string }[]).map((row) => [
        row.key,
        row.id,
      ]),
    );
    const runs = database
      .prepare(
        'SELECT run.version, timestamp, data FROM run JOIN document ON document.key = run.document WHERE document.id = ? ORDER BY run.version',
      )
      .all(documentId) as { version: number; timestamp: number; data: string }[];
    return runs.flatMap(({ version: first, timestamp, data }) => {
      // Three entries per change: client key, version minus seq, edit.
      const entries = JSON.parse(data) as unknown[];
      return Array.from({ length: entries.length / 3 }, (_, index) => ({
        version: first + index,
        timestamp,
        clientId: clients.get(entries[3 * index] as number) ?? '',
        seq: first + index - (entries[3 * index + 1] as number),
      }));
    });
  } finally {
    database.close();
  }
}
