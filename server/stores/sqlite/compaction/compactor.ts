import { CHUNK_CHANGES, ChunkDraft } from './chunk-draft.ts';
import type { RunSpan } from '../log/run-table.ts';
import { isDamage } from '../database/damage.ts';
import type { StoreDatabase } from '../database/store-database.ts';

/** Which history is cold. */
export interface CompactionRules {
  /** How many of the newest changes of a document stay in runs while it is not idle. */
  readonly keep: number;
  /** Milliseconds without a change after which a document is idle; then only its newest run stays. */
  readonly idleAfter: number;
}

/** The time of a step, from a clock (shared/clock.ts). */
export interface CompactionTime {
  readonly now: number;
  readonly monotonic: number;
}

/** The outcome of a step. */
export interface CompactionStep {
  /** True if there is nothing more to do in any document. */
  readonly isDone: boolean;
  /** Changes that it moved from runs to a chunk. */
  readonly moved: number;
}

/** Documents that one step looks at. */
const LOOK_DOCUMENTS = 64;
/** Cold changes for which an idle document gets a chunk. */
const IDLE_CHANGES = 64;

/**
 * Packs cold runs into chunks: a walk through all documents, in steps of a few milliseconds in the store's thread. All its state
 * can be read from the database again, so it may be dropped at any time.
 */
export class Compactor {
  readonly #report: (message: string) => void;
  /** Documents whose runs cannot be read; opening one reports it. */
  readonly #damaged = new Set<number>();
  readonly #idle = new IdleDocuments();
  /** The document that the walk has reached. */
  #document = 0;
  #draft: ChunkDraft | undefined;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** Drops the current draft, because the database connection it began with is closed. */
  reset(): void {
    this.#draft = undefined;
  }

  /** Does the next step. Throws what the database throws. */
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

  /** Walks on to the next document with enough cold history; false at the end. The next walk starts from the beginning. */
  #look(database: StoreDatabase, rules: CompactionRules, time: CompactionTime): boolean {
    // Starts with the same document again: it may have more.
    const spans = database.runs.spansAfter(this.#document - 1, LOOK_DOCUMENTS);
    for (const span of spans) {
      this.#document = span.document;
      this.#draft = this.#damaged.has(span.document) ? undefined : this.#draftOf(span, rules, time);
      if (this.#draft !== undefined) return true;
    }
    const hasMore = spans.length === LOOK_DOCUMENTS;
    if (!hasMore) this.#document = 0;
    return hasMore || database.vacuum();
  }

  /** A draft if enough of the document is cold. */
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

interface Look {
  /** The newest version when it was looked at. */
  readonly version: number;
  /** The monotonic time of its last change, as far as is known. */
  readonly changedAt: number;
}

/**
 * How long documents have been idle. The timestamp of the last change counts at the first look only. From then on it counts whether
 * there is a newer version, because the machine's clock may be set forwards or back at any time.
 */
class IdleDocuments {
  readonly #looks = new Map<number, Look>();

  /** Milliseconds since the last change of a document; `version` and `timestamp` are those of this change. */
  since(
    {
      document,
      version,
      timestamp,
    }: { readonly document: number; readonly version: number; readonly timestamp: number },
    { now, monotonic }: CompactionTime,
  ): number {
    const before = this.#looks.get(document);
    if (before?.version === version) return monotonic - before.changedAt;
    const age = before === undefined ? Math.max(0, now - timestamp) : 0;
    this.#looks.set(document, { version, changedAt: monotonic - age });
    return age;
  }

  /** Call for documents that have nothing to compact, so that memory is spent only on those that do. */
  forget(document: number): void {
    this.#looks.delete(document);
  }
}
