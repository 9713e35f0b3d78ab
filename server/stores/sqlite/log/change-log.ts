import type Database from 'better-sqlite3';
import type { Change, VersionName } from '../../../../shared/sync/change.ts';
import { insertedLength } from '../../../../shared/text/edit.ts';
import type { Run } from '../../document-store.ts';
import { StoreDamagedError } from '../../store-error.ts';
import { unpackChunk } from './chunk-codec.ts';
import type { ChunkTable } from './chunk-table.ts';
import type { KeyTables } from './key-tables.ts';
import { changesOf, type LogPiece, type RunRow } from './log-piece.ts';
import { encodeRun } from './run-codec.ts';
import { RUNS_FROM } from './run-key.ts';

/** What became of a run: in the log, refused because the log ends elsewhere, or not a run that may be written at all. */
export type AppendOutcome = 'accepted' | 'refused' | { readonly problem: string };

/** How much is read at most. */
interface ReadOptions {
  readonly last?: number;
  readonly limit?: number;
  readonly weight?: number;
}

/** Units of inserted text that weigh as much as a part of an edit. */
const UNITS_PER_PART = 50;

/** Where a run stands, without what it holds. */
type RunPlace = Omit<RunRow, 'data'>;

const START: VersionName = { version: 0, timestamp: 0 };

/**
 * The change log: chunks, the runs after them, and the client rows that go with both. Called inside a transaction where it
 * writes; it writes runs only.
 */
export class ChangeLog {
  readonly #keys: KeyTables;
  readonly #chunks: ChunkTable;
  readonly #last;
  readonly #containing;
  readonly #from;
  readonly #insert;
  readonly #newestOfClients;

  constructor(database: Database.Database, keys: KeyTables, chunks: ChunkTable) {
    this.#keys = keys;
    this.#chunks = chunks;
    const row = 'SELECT version, timestamp, size FROM run WHERE key > (? << 32)';
    this.#last = database.prepare<[number, number], RunPlace>(
      `${row} AND key < ((? + 1) << 32) ORDER BY key DESC LIMIT 1`,
    );
    this.#containing = database.prepare<[number, number, number], RunPlace>(
      `${row} AND key <= (? << 32) + ? ORDER BY key DESC LIMIT 1`,
    );
    this.#from = database.prepare<[number, number, number], RunRow>(RUNS_FROM);
    this.#insert = database.prepare('INSERT INTO run (key, timestamp, size, data) VALUES ((? << 32) + ?, ?, ?, ?)');
    this.#newestOfClients = database.prepare<[number], { version: number | null }>(
      'SELECT max(version) AS version FROM client WHERE document = ?',
    );
  }

  /** The newest version. The newest run is never compacted, so it is always that run's. */
  head(document: number): VersionName {
    const row = this.#last.get(document, document);
    return row === undefined ? START : { version: row.version + row.size - 1, timestamp: row.timestamp };
  }

  /** When a version was committed; undefined where the log does not have it. Throws where a chunk cannot be read. */
  timestampOf(document: number, version: number): number | undefined {
    const row = this.#containing.get(document, document, version);
    if (row !== undefined) return version < row.version + row.size ? row.timestamp : undefined;
    const chunk = this.#chunks.containing(document, version);
    if (chunk === undefined || version >= chunk.version + chunk.size) return undefined;
    return unpackChunk(chunk, chunk.version, chunk.size)[version - chunk.version]?.timestamp;
  }

  /** The newest version that a chunk holds; 0 without any. */
  newestOfChunks(document: number): number {
    const chunk = this.#chunks.last(document);
    return chunk === undefined ? 0 : chunk.version + chunk.size - 1;
  }

  /** The newest version that a client of the document is known to have written. */
  newestOfClients(document: number): number {
    return this.#newestOfClients.get(document)?.version ?? 0;
  }

  /** Writes a run where the log ends in exactly the version and time it follows. All checks come before the first write. */
  append(run: Run): AppendOutcome {
    const document = this.#keys.document(run.documentId);
    if (document === undefined) return 'refused';
    const head = this.head(document);
    if (head.version !== run.previous.version || head.timestamp !== run.previous.timestamp) return 'refused';
    const problem = this.#problem(document, run);
    if (problem !== undefined) return { problem };
    for (const author of run.authors) this.#keys.saveUser(author);
    const newest = new Map(run.changes.map((change) => [change.clientId, change]));
    for (const change of newest.values()) this.#keys.saveClient(document, change);
    const data = encodeRun(run.changes, (clientId) => this.#keys.client(document, clientId)!.key);
    const [first] = run.changes;
    this.#insert.run(document, first!.version, first!.timestamp, run.changes.length, data);
    return 'accepted';
  }

  /** What forbids writing a run although the log ends where it begins. */
  #problem(document: number, { previous, changes, authors }: Run): string | undefined {
    if (changes.length === 0) return 'A run without changes';
    const clients = new Map<string, { userId: string; seq: number }>();
    for (const [index, { version, timestamp, clientId, userId, seq }] of changes.entries()) {
      if (version !== previous.version + 1 + index) return `A run with a hole before version ${version}`;
      if (timestamp !== changes[0]!.timestamp) return 'A run with two timestamps';
      const client = clients.get(clientId) ?? this.#keys.client(document, clientId);
      if (client !== undefined && client.userId !== userId) return 'A clientId belongs to another user';
      if (client !== undefined && client.seq >= seq) return `Seq ${seq} was committed before`;
      const isKnown = authors.some((author) => author.id === userId) || this.#keys.user(userId) !== undefined;
      if (!isKnown) return 'A change without its author';
      clients.set(clientId, { userId, seq });
    }
    return undefined;
  }

  /**
   * The changes after a version, up to `last` included or `limit` of them, and to the first that brings them to `weight` (a part of
   * an edit weighs 1, and so do 50 units of its text). Throws StoreDamagedError where a row is missing or
   * cannot be read.
   */
  read(documentId: string, document: number, after: number, options: ReadOptions = {}): Change[] {
    const { last = Infinity, limit = Infinity, weight = Infinity } = options;
    const changes: Change[] = [];
    let weighed = 0;
    const run = this.#containing.get(document, document, after + 1);
    const start = (run ?? this.#chunks.containing(document, after + 1))?.version ?? after + 1;
    let expected = start;
    for (const piece of this.#pieces(document, start, run !== undefined)) {
      if (piece.version > last || changes.length >= limit || weighed >= weight) break;
      if (piece.version !== expected)
        throw new StoreDamagedError(documentId, `Version ${expected} is missing in the log`);
      expected = piece.version + piece.size;
      if (expected <= after + 1) continue;
      for (const change of this.#unpack(documentId, document, piece)) {
        if (change.version <= after || change.version > last || changes.length >= limit || weighed >= weight) continue;
        changes.push(change);
        weighed += change.edit.length + insertedLength(change.edit) / UNITS_PER_PART;
      }
    }
    return changes;
  }

  /** The chunks and runs from the one that begins at a version on, oldest first; all runs come after the chunks. */
  *#pieces(document: number, start: number, isInRuns: boolean): Iterable<LogPiece> {
    if (!isInRuns) yield* this.#chunks.from(document, start);
    yield* this.#from.iterate(document, start, document);
  }

  #unpack(documentId: string, document: number, piece: LogPiece): Change[] {
    const { version } = piece;
    try {
      return changesOf(piece).map(({ client: key, seq, edit, timestamp }, index) => {
        const client = this.#keys.clientByKey(key);
        if (client?.document !== document) throw new Error(`Client ${key} is missing`);
        const { id: clientId, userId, session: sessionId } = client;
        return { version: version + index, timestamp, edit, clientId, seq, userId, sessionId };
      });
    } catch (error) {
      const message = `The changes from version ${version} on cannot be read`;
      throw new StoreDamagedError(documentId, message, { cause: error });
    }
  }
}
