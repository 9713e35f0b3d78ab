import type { Change } from '../../../shared/sync/change.ts';
import { encodeMissed } from '../frames/frames.ts';
import { piecesOf } from '../frames/wire-frame.ts';

/** How many UTF-16 units of encoded answers a room keeps. */
const UNITS_KEPT = 512 * 1024;
/** From this many UTF-16 units on, an answer is kept as bytes, which all its readers share. */
const LONG = 16_384;

/** Fields of an answer in JSON, without braces: a string, or pieces of it in UTF-8 if it is long. */
export type Fields = string | readonly Buffer[];

interface CatchUp {
  /** The timestamp of the version that it follows. */
  readonly timestamp: number;
  readonly fields: Fields;
}

/** What a join says besides the version that its client has. */
interface KnownVersion {
  readonly timestamp?: number | undefined;
  readonly compact?: boolean | undefined;
}

/**
 * What returning clients of a room missed, encoded. When many return at once, most of them have the same version: the answer for it
 * is encoded once for all of them, and is valid until the next change.
 */
export class SyncCache {
  readonly #kept = new Map<string, CatchUp>();
  #units = 0;

  /** How many UTF-16 units are kept. */
  get units(): number {
    return this.#units;
  }

  /** The kept answer for (version, timestamp). A missing timestamp is taken on trust, as for any join. */
  find(version: number, { timestamp, compact }: KnownVersion): Fields | undefined {
    const catchUp = this.#kept.get(keyOf(version, compact));
    return timestamp === undefined || timestamp === catchUp?.timestamp ? catchUp?.fields : undefined;
  }

  /** Encodes the changes after a version. Keeps them if they are the same for every reader and the timestamp is known. */
  encode(
    changes: readonly Change[],
    reader: { readonly clientId: string },
    version: number,
    { timestamp, compact }: KnownVersion,
  ): Fields {
    const isOwn = (change: Change): boolean => change.clientId === reader.clientId;
    const text =
      compact === true
        ? `"missed":${encodeCompact(changes)}`
        : `"updates":[${changes.map((change) => encodeMissed(change, isOwn(change))).join(',')}]`;
    const isShared = compact === true || !changes.some(isOwn);
    const fields = text.length < LONG ? text : piecesOf(Buffer.from(text));
    if (isShared && timestamp !== undefined && this.#units + text.length <= UNITS_KEPT) {
      this.#kept.set(keyOf(version, compact), { timestamp, fields });
      this.#units += text.length;
    }
    return fields;
  }

  /** There is a newer version. */
  clear(): void {
    this.#kept.clear();
    this.#units = 0;
  }
}

function keyOf(version: number, compact: boolean | undefined): string {
  return `${version} ${compact === true}`;
}

/** The short form (J10): each author once, timestamps as differences, edits as lists of parts. */
function encodeCompact(changes: readonly Change[]): string {
  const authors = new Map<string, number>();
  const names: [string, string][] = [];
  let time = changes[0]?.timestamp ?? 0;
  const rows = changes.map(({ timestamp, edit, userId, sessionId }) => {
    let author = authors.get(sessionId);
    if (author === undefined) {
      author = names.push([userId, sessionId]) - 1;
      authors.set(sessionId, author);
    }
    const later = timestamp - time;
    time = timestamp;
    return [author, later, ...edit];
  });
  return JSON.stringify({ timestamp: changes[0]?.timestamp ?? 0, authors: names, changes: rows });
}
