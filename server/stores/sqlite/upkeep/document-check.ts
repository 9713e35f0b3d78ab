import type Database from 'better-sqlite3';
import { ChunkedText } from '../../../../shared/text/chunked-text.ts';
import { ChunkTable } from '../log/chunk-table.ts';
import { RunTable } from '../log/run-table.ts';
import type { LogPiece } from '../log/change-log.ts';
import { LogReplay, reason, type ClientRow, type Problem } from './log-replay.ts';
import { unpackText, type PackedSnapshot } from '../log/snapshot-table.ts';

type SnapshotName = Pick<PackedSnapshot, 'version' | 'timestamp'>;

/** Reads everything that is stored of a document and reports what is inconsistent. */
export class DocumentCheck {
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
