import { ChunkedText } from '../../../../shared/text/chunked-text.ts';
import { requiredLength } from '../../../../shared/text/edit.ts';
import type { TimedChange } from '../log/chunk-table.ts';
import { changesOf, isChunk, type LogPiece } from '../log/change-log.ts';

/** Something that is not as it was written. Never contains text of documents or ids of clients. */
export interface Problem {
  /** Absent if it concerns the database as a whole. */
  readonly documentId?: string;
  /** The first version that it concerns. */
  readonly version?: number;
  readonly message: string;
}

/** What is stored of a client: its last seq, and the version of that change. */
export interface ClientRow {
  readonly key: number;
  readonly seq: number;
  readonly version: number;
}

/** Told the text of each version. Returns the text to continue with if it knows better; undefined otherwise. */
export type Look = (version: number, timestamp: number, text: ChunkedText | undefined) => ChunkedText | undefined;

/** Replays the log of one document and reports what is inconsistent. */
export class LogReplay {
  /** The last version seen. */
  version = 0;
  readonly #report: (problem: Problem) => void;
  readonly #clients: ReadonlyMap<number, ClientRow>;
  readonly #seen = new Map<number, { seq: number; version: number }>();
  #timestamp = 0;
  /** Unknown after a hole, until the next snapshot. */
  #text: ChunkedText | undefined = ChunkedText.from('');
  #isWhole = true;
  #endsInRun = true;

  constructor(clients: readonly ClientRow[], report: (problem: Problem) => void) {
    this.#clients = new Map(clients.map((client) => [client.key, client]));
    this.#report = report;
  }

  piece(piece: LogPiece, look: Look): void {
    const { version, size } = piece;
    this.#endsInRun = !isChunk(piece);
    if (version > this.version + 1) this.#damage(this.version + 1, `versions up to ${version - 1} are missing`);
    if (version <= this.version) this.#damage(version, 'the version is stored twice');
    let changes: readonly TimedChange[] = [];
    try {
      changes = changesOf(piece);
      if (changes.at(-1)?.timestamp !== piece.timestamp) this.#damage(version, 'the time is not that of its changes');
    } catch (error) {
      this.#damage(version, `the changes up to ${version + size - 1} cannot be read: ${reason(error)}`);
    }
    for (const [index, change] of changes.entries()) {
      this.#change(version + index, change);
      const known = look(version + index, change.timestamp, this.#text);
      this.#text = known ?? this.#text;
    }
    this.version = Math.max(this.version, version + size - 1);
  }

  #change(version: number, { client: key, seq, timestamp, edit }: TimedChange): void {
    if (timestamp < this.#timestamp) this.#report({ version, message: 'it is older than the version before' });
    this.#timestamp = timestamp;
    if (!this.#clients.has(key)) this.#report({ version, message: 'its client is not known' });
    const before = this.#seen.get(key);
    if (before !== undefined && seq <= before.seq) this.#report({ version, message: `seq ${seq} is stored twice` });
    this.#seen.set(key, { seq, version });
    if (this.#text === undefined) return;
    if (requiredLength(edit) > this.#text.length) this.#damage(version, 'it reaches beyond the end of the text');
    else this.#text = this.#text.apply(edit);
  }

  /** Call after the last piece. */
  end(): void {
    if (!this.#endsInRun) this.#damage(this.version + 1, 'the newest run is missing');
    if (this.#text?.toString().isWellFormed() === false) {
      this.#report({ version: this.version, message: 'the text holds half of a surrogate pair' });
    }
    for (const { key, seq, version } of this.#clients.values()) {
      const seen = this.#seen.get(key);
      if (seen?.seq === seq && seen.version === version) continue;
      // If changes cannot be read, their clients are unknown.
      if (version <= this.version && !this.#isWhole) continue;
      this.#report({ version, message: `the log does not have seq ${seq} of the client with key ${key}` });
    }
  }

  /** From here on the text is unknown. */
  #damage(version: number, message: string): void {
    this.#report({ version, message });
    this.#isWhole = false;
    this.#text = undefined;
  }
}

/** The message of an error. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
