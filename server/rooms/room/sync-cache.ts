import type { Change } from '../../../shared/sync/change.ts';
import { encodeMissed } from '../frames/frames.ts';
import { piecesOf } from '../frames/wire-frame.ts';

/** UTF-16 units of encoded answers that a room keeps. */
const UNITS_KEPT = 512 * 1024;
/** UTF-16 units from which on they are kept as bytes, which those who are sent them share. */
const LONG = 16_384;

/** Fields of an answer in JSON, without braces: a text, or if they are long, pieces of it in UTF-8. */
export type Fields = string | readonly Buffer[];

interface CatchUp {
  /** The time of the version that it starts from. */
  readonly timestamp: number;
  readonly fields: Fields;
}

/** What a join says besides the version that its client has. */
interface KnownVersion {
  readonly timestamp?: number | undefined;
  readonly compact?: boolean | undefined;
}

/**
 * What returning clients of a room missed, encoded. When many return at once, most of them come from the same version: each answer
 * is encoded once for all of them, and holds until the next change.
 */
export class SyncCache {
  readonly #kept = new Map<string, CatchUp>();
  #units = 0;

  /** UTF-16 units that are kept. */
  get units(): number {
    return this.#units;
  }

  /** The kept answer for a version that is named so; a missing timestamp is taken on trust, as for any join. */
  find(version: number, { timestamp, compact }: KnownVersion): Fields | undefined {
    const catchUp = this.#kept.get(keyOf(version, compact));
    return timestamp === undefined || timestamp === catchUp?.timestamp ? catchUp?.fields : undefined;
  }

  /** Encodes the changes after a version; keeps them where they are the same for every reader and the version's time is known. */
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

/** The short form (J10): names once, times as differences, edits as lists of parts. */
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
