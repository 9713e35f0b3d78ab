import type Database from 'better-sqlite3';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import type { VersionName } from '../../../../shared/sync/change.ts';
import type { Snapshot } from '../../document-store.ts';
import { StoreError } from '../../store-error.ts';
import type { ChangeLog } from './change-log.ts';

/** A snapshot as it is stored: Brotli over UTF-8, and the CRC-32 of that UTF-8, because Brotli itself detects little damage. */
export interface PackedSnapshot extends VersionName {
  readonly checksum: number;
  readonly body: Uint8Array;
}

const compress = promisify(brotliCompress);

/** Compresses in libuv's thread pool. Throws RangeError for a text that UTF-8 cannot hold. */
export async function packText(text: string): Promise<{ checksum: number; body: Uint8Array }> {
  if (!text.isWellFormed()) throw new RangeError('The text holds half of a surrogate pair');
  const bytes = Buffer.from(text, 'utf8');
  const body = await compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { checksum: crc32(bytes), body };
}

/** The text of a stored snapshot. Throws if a single bit of it differs from what was packed. */
export function unpackText(checksum: number, body: Uint8Array): string {
  const bytes = brotliDecompressSync(body);
  if (crc32(bytes) !== checksum) throw new Error('The checksum differs');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Besides the two newest snapshots, one is kept per this many versions: old texts open fast, and the file stays small. */
const SPACING = 16_384;

interface SnapshotRow extends PackedSnapshot {
  readonly key: number;
}

/** Texts at versions. Each can be computed from the log again, so a damaged one costs time but no text. */
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
    // SPACING is part of the SQL text: a bound number is a double, and the quotients would not be whole.
    this.#thin = database.prepare<[{ document: number }]>(
      `DELETE FROM snapshot WHERE document = @document
         AND version < (SELECT version FROM snapshot WHERE document = @document ORDER BY version DESC LIMIT 1 OFFSET 1)
         AND EXISTS (SELECT 1 FROM snapshot AS older WHERE older.document = @document
           AND older.version < snapshot.version AND older.version / ${SPACING} = snapshot.version / ${SPACING})`,
    );
  }

  /** Keeps a snapshot of a version that the log has. Called inside a transaction. */
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

  /** The newest intact snapshot at or before a version, else the empty text of version 0. */
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
