import type Database from 'better-sqlite3';
import type { Snapshot } from '../../document-store.ts';
import { StoreError } from '../../store-error.ts';
import type { ChangeLog } from './change-log.ts';
import { unpackText, type PackedSnapshot } from './snapshot-codec.ts';

/** Besides the two newest snapshots, one is kept per this many versions: old texts open fast, and the file stays small. */
const SPACING = 16_384;

interface SnapshotRow extends PackedSnapshot {
  readonly key: number;
}

/** Texts at versions. Every one of them can be computed from the log, so a damaged one costs time and no text. */
export class SnapshotTable {
  readonly #log: ChangeLog;
  readonly #report: (message: string) => void;
  readonly #upTo;
  readonly #newest;
  readonly #save;
  readonly #thin;

  constructor(database: Database.Database, log: ChangeLog, report: (message: string) => void) {
    this.#log = log;
    this.#report = report;
    this.#upTo = database.prepare<[number, number], SnapshotRow>(
      'SELECT key, version, timestamp, checksum, body FROM snapshot WHERE document = ? AND version <= ? ' +
        'ORDER BY version DESC',
    );
    this.#newest = database.prepare<[number], { version: number | null }>(
      'SELECT max(version) AS version FROM snapshot WHERE document = ?',
    );
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO snapshot (document, version, timestamp, checksum, body) VALUES (?, ?, ?, ?, ?)',
    );
    // Written into the SQL: a bound number is a double, and the quotients would not be whole.
    this.#thin = database.prepare<[{ document: number }]>(
      `DELETE FROM snapshot WHERE document = @document
         AND version < (SELECT version FROM snapshot WHERE document = @document ORDER BY version DESC LIMIT 1 OFFSET 1)
         AND EXISTS (SELECT 1 FROM snapshot AS older WHERE older.document = @document
           AND older.version < snapshot.version AND older.version / ${SPACING} = snapshot.version / ${SPACING})`,
    );
  }

  /** Keeps a snapshot of a version that the log has; called inside a transaction. */
  save(document: number, { version, timestamp, checksum, body }: PackedSnapshot): void {
    if (this.#log.timestampOf(document, version) !== timestamp) {
      throw new StoreError('STORE_MISUSED', `The log does not have version ${version} of ${timestamp}`);
    }
    this.#save.run(document, version, timestamp, checksum, body);
    this.#thin.run({ document });
  }

  /** The newest version there is a snapshot of; 0 without any. */
  newestVersion(document: number): number {
    return this.#newest.get(document)?.version ?? 0;
  }

  /** The newest whole snapshot at or before a version; where there is none, the empty text of version 0. */
  newestWhole(documentId: string, document: number, version: number): Snapshot {
    for (const row of this.#upTo.iterate(document, version)) {
      try {
        if (this.#log.timestampOf(document, row.version) !== row.timestamp) throw new Error('It is of another history');
        return { version: row.version, timestamp: row.timestamp, text: unpackText(row.checksum, row.body) };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#report(`The snapshot of document ${documentId} at version ${row.version} is not used: ${reason}`);
      }
    }
    return { version: 0, timestamp: 0, text: '' };
  }
}
