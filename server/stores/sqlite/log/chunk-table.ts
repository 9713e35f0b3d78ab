import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { Edit } from '../../../../shared/text/edit.ts';
import { ColumnReader, ColumnWriter } from './columns.ts';
import type { StoredChange } from './run-table.ts';

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

/** A change as a chunk stores it. In a run the row has the timestamp. */
export interface TimedChange extends StoredChange {
  readonly timestamp: number;
}

/** The bytes of a chunk: Brotli over columns, with their length and CRC-32, because Brotli itself detects little damage. */
export interface PackedChunk {
  readonly length: number;
  readonly checksum: number;
  readonly body: Uint8Array;
}

/** The format number, the first in a chunk. */
const FORMAT = 1;
/** How the inserted text is written: as UTF-8, or as UTF-16 units if it contains a lone surrogate. */
const UTF_8 = 0;
const UNITS = 1;

const COLUMNS = ['clients', 'client', 'lag', 'time', 'splices', 'skip', 'inserted', 'deleted'] as const;
type Columns<Kind> = Record<(typeof COLUMNS)[number], Kind>;

/** The prediction for the next change of a client. Columns store the difference, so a right prediction costs almost nothing. */
interface Expectation {
  /** Version minus seq. */
  lag: number;
  /** Where the last edit left the caret. */
  caret: number;
}

/**
 * Packs changes with dense versions from `version` on. Each column holds one property of all changes: neighbours are alike, so
 * columns compress well.
 */
export function packChunk(version: number, changes: readonly TimedChange[]): PackedChunk {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new ColumnWriter()])) as Columns<ColumnWriter>;
  const clients = new Map<number, Expectation & { readonly index: number }>();
  let text = '';
  let time = 0;
  for (const [index, { client: key, seq, timestamp, edit }] of changes.entries()) {
    let client = clients.get(key);
    if (client === undefined) {
      client = { index: clients.size, lag: 0, caret: 0 };
      clients.set(key, client);
      columns.clients.number(key);
    }
    columns.client.number(client.index);
    const lag = version + index - seq;
    columns.lag.signed(lag - client.lag);
    client.lag = lag;
    columns.time.signed(timestamp - time);
    time = timestamp;
    text += writeEdit(edit, columns, client);
  }
  const isWhole = text.isWellFormed();
  const bytes = new ColumnWriter();
  bytes.number(FORMAT);
  bytes.number(changes.length);
  for (const name of COLUMNS) bytes.block(columns[name].finish());
  bytes.number(isWhole ? UTF_8 : UNITS);
  bytes.block(Buffer.from(text, isWhole ? 'utf8' : 'utf16le'));
  const packed = bytes.finish();
  const body = brotliCompressSync(packed, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: packed.length },
  });
  return { length: packed.length, checksum: crc32(packed), body };
}

/** Writes an edit as splices (skip, insert, delete) and returns the inserted text. */
function writeEdit(edit: Edit, columns: Columns<ColumnWriter>, client: Expectation): string {
  let text = '';
  let splices = 0;
  let skip = 0;
  let position = 0;
  for (let index = 0; index < edit.length;) {
    let part = edit[index]!;
    if (typeof part === 'number' && part > 0) {
      skip = part;
      position += part;
      part = edit[++index]!;
    }
    let inserted = '';
    let deleted = 0;
    if (typeof part === 'string') {
      inserted = part;
      part = edit[++index] ?? 0;
    }
    if (typeof part === 'number' && part < 0) {
      deleted = -part;
      index += 1;
    }
    if (splices === 0) columns.skip.signed(skip - client.caret);
    else columns.skip.number(skip);
    columns.inserted.number(inserted.length);
    columns.deleted.number(deleted);
    text += inserted;
    position += inserted.length;
    client.caret = position;
    splices += 1;
    skip = 0;
  }
  columns.splices.number(splices);
  return text;
}

/** The changes of a chunk of `size` from `version` on. Throws if a single bit of it differs from what was packed. */
export function unpackChunk({ length, checksum, body }: PackedChunk, version: number, size: number): TimedChange[] {
  const packed = brotliDecompressSync(body, { maxOutputLength: length });
  if (crc32(packed) !== checksum) throw new Error('The checksum differs');
  const bytes = new ColumnReader(packed);
  if (bytes.number() !== FORMAT) throw new Error('The format is not known');
  if (bytes.number() !== size) throw new Error(`Not ${size} changes`);
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new ColumnReader(bytes.block())]));
  const { client: which, lag, time, ...edits } = columns as Columns<ColumnReader>;
  const clients: (Expectation & { readonly key: number })[] = [];
  while (!edits.clients.isDone) clients.push({ key: edits.clients.number(), lag: 0, caret: 0 });
  const text = new InsertedText(bytes);
  const changes: TimedChange[] = [];
  let timestamp = 0;
  for (let index = 0; index < size; index += 1) {
    const client = clients[which.number()];
    if (client === undefined) throw new RangeError('A change without client');
    client.lag += lag.signed();
    timestamp += time.signed();
    const edit = readEdit(edits, text, client);
    changes.push({ client: client.key, seq: version + index - client.lag, timestamp, edit });
  }
  return changes;
}

function readEdit(
  columns: Omit<Columns<ColumnReader>, 'lag' | 'time' | 'client'>,
  text: InsertedText,
  client: Expectation,
): Edit {
  const edit: (number | string)[] = [];
  let position = 0;
  for (let left = columns.splices.number(), isFirst = true; left > 0; left -= 1, isFirst = false) {
    const skip = isFirst ? client.caret + columns.skip.signed() : columns.skip.number();
    const inserted = columns.inserted.number();
    const deleted = columns.deleted.number();
    if (skip > 0) edit.push(skip);
    if (inserted > 0) edit.push(text.take(inserted));
    if (deleted > 0) edit.push(-deleted);
    position += skip + inserted;
    client.caret = position;
  }
  return edit;
}

class InsertedText {
  readonly #text: string;
  #position = 0;

  constructor(bytes: ColumnReader) {
    const encoding = bytes.number() === UTF_8 ? 'utf8' : 'utf16le';
    this.#text = Buffer.from(bytes.block()).toString(encoding);
  }

  take(length: number): string {
    return this.#text.slice(this.#position, (this.#position += length));
  }
}
