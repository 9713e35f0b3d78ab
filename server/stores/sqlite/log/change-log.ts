import type Database from 'better-sqlite3';
import type { Change, VersionName } from '../../../../shared/sync/change.ts';
import { insertedLength } from '../../../../shared/text/edit.ts';
import type { Run } from '../../document-store.ts';
import { StoreDamagedError } from '../../store-error.ts';
import { unpackChunk, type ChunkRow, type ChunkTable, type TimedChange } from './chunk-table.ts';
import type { KeyTables } from './key-tables.ts';
import { decodeRun, encodeRun, type RunRow, type RunTable } from './run-table.ts';

/** What became of a run: written, refused because the log ends elsewhere, or invalid for the reason in `problem`. */
export type AppendOutcome = 'accepted' | 'refused' | { readonly problem: string };

/** Bounds of a read; see `ChangeLog.read`. */
interface ReadOptions {
  readonly last?: number;
  readonly limit?: number;
  readonly weight?: number;
}

/** UTF-16 units of inserted text that weigh as much as a part of an edit. */
const UNITS_PER_PART = 50;

const START: VersionName = { version: 0, timestamp: 0 };

/** What the log of a document is made of: chunks first, runs after them. */
export type LogPiece = ChunkRow | RunRow;

export function isChunk(piece: LogPiece): piece is ChunkRow {
  return 'body' in piece;
}

/** The changes of a piece. Throws if they are not what was written. */
export function changesOf(piece: LogPiece): TimedChange[] {
  const { version, size, timestamp } = piece;
  if (isChunk(piece)) return unpackChunk(piece, version, size);
  return decodeRun(piece.data, version, size).map(({ client, seq, edit }) => ({ client, seq, edit, timestamp }));
}

/** The change log: chunks, the runs after them, and the client rows that go with both. It writes runs only. */
export class ChangeLog {
  readonly #keys: KeyTables;
  readonly #chunks: ChunkTable;
  readonly #runs: RunTable;
  readonly #newestOfClients;

  constructor(
    database: Database.Database,
    { keys, chunks, runs }: { readonly keys: KeyTables; readonly chunks: ChunkTable; readonly runs: RunTable },
  ) {
    this.#keys = keys;
    this.#chunks = chunks;
    this.#runs = runs;
    this.#newestOfClients = database.prepare<[number], { version: number | null }>(
      'SELECT max(version) AS version FROM client WHERE document = ?',
    );
  }

  /** The newest version. The newest run is never compacted, so it is always that run's. */
  head(document: number): VersionName {
    const row = this.#runs.last(document);
    return row === undefined ? START : { version: row.version + row.size - 1, timestamp: row.timestamp };
  }

  /** When a version was committed; undefined if the log does not have it. Throws if a chunk cannot be read. */
  timestampOf(document: number, version: number): number | undefined {
    const row = this.#runs.containing(document, version);
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

  /**
   * Writes a run if the log ends in exactly the version and time that it follows. Called inside a transaction. All checks come
   * before the first write.
   */
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
    this.#runs.insert(document, run.changes[0]!, run.changes.length, data);
    return 'accepted';
  }

  /** Why a run must not be written although it follows the end of the log; undefined if it may be. */
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
   * The changes after a version, up to and including `last`, at most `limit` of them, and none after the one that brings their sum
   * to `weight` (a part of an edit weighs 1, and so do 50 UTF-16 units of its text). Throws StoreDamagedError if a row is missing
   * or cannot be read.
   */
  read(documentId: string, document: number, after: number, options: ReadOptions = {}): Change[] {
    const { last = Infinity, limit = Infinity, weight = Infinity } = options;
    const changes: Change[] = [];
    let weighed = 0;
    const run = this.#runs.containing(document, after + 1);
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
    yield* this.#runs.from(document, start);
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
