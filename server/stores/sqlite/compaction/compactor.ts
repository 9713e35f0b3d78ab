import Database from 'better-sqlite3';
import { CHUNK_CHANGES, ChunkDraft } from './chunk-draft.ts';
import type { RunSpan } from '../log/cold-runs.ts';
import { IdleDocuments, type CompactionTime } from './idle-documents.ts';
import type { StoreDatabase } from '../database/store-database.ts';

/** Which history is cold. */
export interface CompactionRules {
  /** So many of the newest changes of a document stay in runs … */
  readonly keep: number;
  /** … until it has not been changed for so many milliseconds; then only its newest run does. */
  readonly idleAfter: number;
}

/** What a step came to. */
export interface CompactionStep {
  /** True where there is nothing more to do in any document. */
  readonly isDone: boolean;
  /** Changes that it moved from runs to a chunk. */
  readonly moved: number;
}

/** Documents that one step looks at. */
const LOOK_DOCUMENTS = 64;
/** Cold changes of an idle document that are worth a chunk. */
const IDLE_CHANGES = 64;

/**
 * Makes chunks of cold runs: a walk through all documents, in steps that take the store's thread for a few milliseconds each.
 * It keeps nothing that is not in the database too, so it may be dropped at any time.
 */
export class Compactor {
  readonly #report: (message: string) => void;
  /** Documents whose runs cannot be read; whoever opens one is told. */
  readonly #damaged = new Set<number>();
  readonly #idle = new IdleDocuments();
  /** The document that the walk has come to. */
  #document = 0;
  #draft: ChunkDraft | undefined;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** Drops what is under way; the database is not the one it began with. */
  reset(): void {
    this.#draft = undefined;
  }

  /** Does the next piece of work. Throws what the database throws. */
  step(database: StoreDatabase, rules: CompactionRules, time: CompactionTime): CompactionStep {
    const draft = this.#draft;
    if (draft === undefined) return { isDone: !this.#look(database, rules, time), moved: 0 };
    try {
      const moved = draft.step(database);
      if (moved !== undefined) this.#draft = undefined;
      return { isDone: false, moved: moved ?? 0 };
    } catch (error) {
      this.#draft = undefined;
      if (!isDamage(error)) throw error;
      this.#damaged.add(this.#document);
      this.#report(`The history of document ${draft.id} is damaged and stays as it is: ${error.message}`);
      return { isDone: false, moved: 0 };
    }
  }

  /** Walks on; false at the end, from where the next walk begins anew. */
  #look(database: StoreDatabase, rules: CompactionRules, time: CompactionTime): boolean {
    // The same document again first: it may have more.
    const spans = database.coldRuns.spansAfter(this.#document - 1, LOOK_DOCUMENTS);
    for (const span of spans) {
      this.#document = span.document;
      this.#draft = this.#damaged.has(span.document) ? undefined : this.#draftOf(span, rules, time);
      if (this.#draft !== undefined) return true;
    }
    const hasMore = spans.length === LOOK_DOCUMENTS;
    if (!hasMore) this.#document = 0;
    return hasMore || database.vacuum();
  }

  /** A draft where there is enough that is cold. */
  #draftOf(span: RunSpan, { keep, idleAfter }: CompactionRules, time: CompactionTime): ChunkDraft | undefined {
    const { document, id, first, newest, newestSize, timestamp } = span;
    if (first === null || newest === null || newestSize === null || timestamp === null) return undefined;
    if (newest - first < IDLE_CHANGES) {
      this.#idle.forget(document);
      return undefined;
    }
    const isIdle = this.#idle.since({ document, version: newest + newestSize - 1, timestamp }, time) >= idleAfter;
    const last = isIdle ? newest - 1 : Math.min(newest - 1, newest + newestSize - 1 - keep);
    const isEnough = last - first + 1 >= (isIdle ? IDLE_CHANGES : CHUNK_CHANGES);
    return isEnough ? new ChunkDraft(id, document, first, last) : undefined;
  }
}

/** Anything but a failing disk: what was read is not what was once written. */
function isDamage(error: unknown): error is Error {
  return error instanceof Database.SqliteError ? error.code.startsWith('SQLITE_CORRUPT') : error instanceof Error;
}
