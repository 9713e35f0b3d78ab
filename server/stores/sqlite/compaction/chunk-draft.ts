import { editsEqual } from '../../../../shared/text/edit.ts';
import { StoreDamagedError } from '../../store-error.ts';
import { packChunk, unpackChunk, type PackedChunk, type TimedChange } from '../log/chunk-table.ts';
import { decodeRun } from '../log/run-table.ts';
import type { StoreDatabase } from '../database/store-database.ts';

/** Changes per chunk, unless a single run has more. 4,000 would save 4 % and double what a late client unpacks in vain. */
export const CHUNK_CHANGES = 2000;
/** Bytes of run data per chunk, unless a single run has more: packing them takes one or two milliseconds. */
const CHUNK_BYTES = 128 * 1024;
/** Changes that one step reads. */
const STEP_CHANGES = 500;
/** A last chunk below both is packed again together with the runs that have become cold since. */
const OPEN_CHANGES = CHUNK_CHANGES / 2;
const OPEN_BYTES = CHUNK_BYTES / 4;

/**
 * A chunk that is made in steps of one or two milliseconds; between steps the log may grow at its end. Only the last step writes,
 * in one transaction, so dropping a draft loses nothing but its work.
 */
export class ChunkDraft {
  /** The public id of the document. */
  readonly id: string;
  readonly #document: number;
  /** Runs that reach beyond this version stay. */
  readonly #last: number;
  readonly #changes: TimedChange[] = [];
  #version: number;
  #firstRun: number;
  #runs = 0;
  #bytes = 0;
  #isFull = false;
  #replaced: number | undefined;
  #packed: PackedChunk | undefined;

  /** For the runs of a document from the one that begins at version `firstRun` on, up to version `last`. */
  constructor(id: string, document: number, firstRun: number, last: number) {
    this.id = id;
    this.#document = document;
    this.#version = firstRun;
    this.#firstRun = firstRun;
    this.#last = last;
  }

  /** Does one step. Returns the number of changes moved in the last step, and undefined before. */
  step(database: StoreDatabase): number | undefined {
    if (!this.#isFull) this.#read(database);
    else if (this.#packed === undefined) this.#packed = this.#pack();
    else return this.#write(database, this.#packed);
    return undefined;
  }

  #read(database: StoreDatabase): void {
    if (this.#changes.length === 0) this.#reopen(database);
    const enough = this.#changes.length + STEP_CHANGES;
    let next = this.#version + this.#changes.length;
    for (const { version, timestamp, size, data } of database.runs.from(this.#document, next)) {
      const isTooMuch = this.#changes.length + size > CHUNK_CHANGES || this.#bytes + data.length > CHUNK_BYTES;
      this.#isFull = version + size - 1 > this.#last || (isTooMuch && this.#runs > 0);
      if (this.#isFull) return;
      if (version !== next) throw new StoreDamagedError(this.id, `Version ${next} is missing in the log`);
      for (const change of decodeRun(data, version, size)) this.#changes.push({ ...change, timestamp });
      next += size;
      this.#runs += 1;
      this.#bytes += data.length;
      if (this.#changes.length >= enough) return;
    }
    this.#isFull = true;
  }

  /** Takes over the last chunk if it has much room. */
  #reopen(database: StoreDatabase): void {
    const chunk = database.chunks.last(this.#document);
    if (chunk === undefined) return;
    if (chunk.version + chunk.size !== this.#firstRun) {
      throw new StoreDamagedError(this.id, `The runs do not follow the chunks at version ${this.#firstRun}`);
    }
    if (chunk.size >= OPEN_CHANGES || chunk.length >= OPEN_BYTES) return;
    this.#changes.push(...unpackChunk(chunk, chunk.version, chunk.size));
    this.#version = chunk.version;
    this.#bytes = chunk.length;
    this.#replaced = chunk.version;
  }

  /** Packs, and verifies by unpacking before anything is deleted. */
  #pack(): PackedChunk {
    const packed = packChunk(this.#version, this.#changes);
    const back = unpackChunk(packed, this.#version, this.#changes.length);
    for (const [index, { client, seq, timestamp, edit }] of this.#changes.entries()) {
      const copy = back[index]!;
      const isSame = copy.client === client && copy.seq === seq && copy.timestamp === timestamp;
      if (isSame && editsEqual(copy.edit, edit)) continue;
      throw new StoreDamagedError(this.id, `Version ${this.#version + index} cannot be packed`);
    }
    return packed;
  }

  #write(database: StoreDatabase, packed: PackedChunk): number {
    const { timestamp } = this.#changes.at(-1)!;
    const size = this.#changes.length;
    database.transact(() => {
      if (this.#replaced !== undefined) database.chunks.delete(this.#document, this.#replaced);
      database.chunks.insert(this.#document, { version: this.#version, size, timestamp, ...packed });
      const deleted = database.runs.delete(this.#document, this.#firstRun, this.#version + size - 1);
      if (deleted !== this.#runs) throw new StoreDamagedError(this.id, 'Runs went away while they were compacted');
    });
    return this.#version + size - this.#firstRun;
  }
}
