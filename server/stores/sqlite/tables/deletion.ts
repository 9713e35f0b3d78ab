import type Database from 'better-sqlite3';

/** SQL for the lower 20 bits of the keys of pieces, and the 32 of those of runs. */
const PIECES = 'BETWEEN @document << 20 AND (@document << 20) + 1048575';
const RUNS = 'BETWEEN @document << 32 AND (@document << 32) + 4294967295';

/** Every row that belongs to a document, those first that name others. */
const DELETIONS: readonly string[] = [
  `DELETE FROM piece_index WHERE rowid IN (SELECT key FROM piece WHERE key ${PIECES})`,
  `DELETE FROM piece WHERE key ${PIECES}`,
  'DELETE FROM digest WHERE document = @document',
  'DELETE FROM writer WHERE document = @document',
  'DELETE FROM visit WHERE document = @document',
  'DELETE FROM watch WHERE document = @document',
  'DELETE FROM redemption WHERE link IN (SELECT key FROM share_link WHERE document = @document)',
  'DELETE FROM share_link WHERE document = @document',
  'DELETE FROM member WHERE document = @document',
  'DELETE FROM snapshot WHERE document = @document',
  'DELETE FROM chunk WHERE document = @document',
  `DELETE FROM run WHERE key ${RUNS}`,
  'DELETE FROM client WHERE document = @document',
  'DELETE FROM document WHERE key = @document',
];

/** Takes a document out of all tables. */
export class Deletion {
  readonly #statements;

  constructor(database: Database.Database) {
    this.#statements = DELETIONS.map((sql) => database.prepare<[{ document: number }]>(sql));
  }

  /** Deletes everything of the document with this key, inside a transaction. */
  run(document: number): void {
    for (const statement of this.#statements) statement.run({ document });
  }
}
