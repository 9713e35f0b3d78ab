import type Database from 'better-sqlite3';
import type { PackedChunk } from './chunk-codec.ts';

/** Where a chunk stands in the log of its document. */
export interface ChunkPlace {
  /** Of its first change. */
  readonly version: number;
  /** How many changes it holds. */
  readonly size: number;
  /** Of its last change. */
  readonly timestamp: number;
}

export interface ChunkRow extends ChunkPlace, PackedChunk {}

/** The rows of cold history. Writes are called inside a transaction. */
export class ChunkTable {
  readonly #containing;
  readonly #from;
  readonly #last;
  readonly #insert;
  readonly #delete;

  constructor(database: Database.Database) {
    const row = 'SELECT version, size, timestamp, length, checksum, body FROM chunk WHERE document = ?';
    this.#containing = database.prepare<[number, number], ChunkRow>(
      `${row} AND version <= ? ORDER BY version DESC LIMIT 1`,
    );
    this.#from = database.prepare<[number, number], ChunkRow>(`${row} AND version >= ? ORDER BY version`);
    this.#last = database.prepare<[number], ChunkRow>(`${row} ORDER BY version DESC LIMIT 1`);
    this.#insert = database.prepare(
      'INSERT INTO chunk (document, version, size, timestamp, length, checksum, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM chunk WHERE document = ? AND version = ?');
  }

  /** The newest chunk that begins at or before a version; it may end before it. */
  containing(document: number, version: number): ChunkRow | undefined {
    return this.#containing.get(document, version);
  }

  /** Chunks from the one that begins at a version on, oldest first. */
  from(document: number, version: number): Iterable<ChunkRow> {
    return this.#from.iterate(document, version);
  }

  last(document: number): ChunkRow | undefined {
    return this.#last.get(document);
  }

  insert(document: number, { version, size, timestamp, length, checksum, body }: ChunkRow): void {
    this.#insert.run(document, version, size, timestamp, length, checksum, body);
  }

  delete(document: number, version: number): void {
    this.#delete.run(document, version);
  }
}
