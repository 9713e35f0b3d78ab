import { unpackChunk, type TimedChange } from './chunk-codec.ts';
import type { ChunkRow } from './chunk-table.ts';
import { decodeRun } from './run-codec.ts';

/** Changes that were committed together and are not compacted yet, as a row of the log. */
export interface RunRow {
  /** Of the first change. */
  readonly version: number;
  /** Of all of them. */
  readonly timestamp: number;
  readonly size: number;
  readonly data: string;
}

/** What the log of a document is made of: chunks first, runs after them. */
export type LogPiece = ChunkRow | RunRow;

export function isChunk(piece: LogPiece): piece is ChunkRow {
  return 'body' in piece;
}

/** The changes of a piece. Throws where they are not what was written. */
export function changesOf(piece: LogPiece): TimedChange[] {
  const { version, size, timestamp } = piece;
  if (isChunk(piece)) return unpackChunk(piece, version, size);
  return decodeRun(piece.data, version, size).map(({ client, seq, edit }) => ({ client, seq, edit, timestamp }));
}
