import { StoreDamagedError } from '../../store-error.ts';
import { composed } from '../../search-words.ts';
import type { StoreDatabase } from '../database/store-database.ts';
import { pieceOf } from '../tables/search-table.ts';

/** What is indexed. */
export interface IndexRules {
  /** UTF-16 units of a text that are findable, from its beginning on. */
  readonly length: number;
}

/** Pieces that one step writes: a trigram index of 16,384 units takes about 3 ms. */
const STEP_PIECES = 2;
/** Documents of which one step asks whether they are indexed. */
const LOOK_DOCUMENTS = 500;

/** A text that is being indexed. */
interface Draft {
  readonly documentId: string;
  readonly document: number;
  readonly version: number;
  /** As much of the text as is indexed, composed. */
  readonly text: string;
  /** UTF-16 units of the whole text. */
  readonly length: number;
  /** The number of the next piece. */
  next: number;
}

/**
 * Writes the search index in steps of a few milliseconds in the store's thread. That a version is indexed is written last, so a text
 * of which only some pieces were written is done again after a crash; pieces that are there already cost a comparison.
 */
export class Indexer {
  #draft: Draft | undefined;

  /** Forgets what was begun. */
  reset(): void {
    this.#draft = undefined;
  }

  /** Ids of documents whose newest version is not indexed, among the next ones after a key, and the key to go on from, if any. */
  stale(database: StoreDatabase, after: number): { documentIds: string[]; next: number | undefined } {
    const { documentIds, last } = database.digests.staleAfter(after, LOOK_DOCUMENTS);
    return { documentIds, next: last };
  }

  /**
   * Does the next step on these documents, in their order; returns the lengths of the texts of those that are
   * finished. Documents that are not there or cannot be read are finished too: opening one says what is wrong.
   */
  step(database: StoreDatabase, documentIds: readonly string[], rules: IndexRules): number[] {
    const begun = this.#draft;
    this.#draft = undefined;
    const outcome = database.transact(() => work(database, documentIds, rules, begun));
    this.#draft = outcome.draft;
    return outcome.lengths;
  }
}

function work(
  database: StoreDatabase,
  documentIds: readonly string[],
  rules: IndexRules,
  begun: Draft | undefined,
): { lengths: number[]; draft?: Draft } {
  const lengths: number[] = [];
  let pieces = 0;
  for (const documentId of documentIds) {
    const draft = begun?.documentId === documentId ? { ...begun } : draftOf(database, documentId, rules);
    for (; draft !== undefined; draft.next += 1) {
      const piece = pieceOf(draft.text, draft.next);
      if (piece === undefined) break;
      if (pieces >= STEP_PIECES) return { lengths, draft };
      if (database.search.save(draft.document, piece)) pieces += 1;
    }
    if (draft !== undefined) {
      database.search.removeFrom(draft.document, draft.next);
      database.digests.save(draft.document, draft.version, draft.text);
    }
    lengths.push(draft?.length ?? 0);
    if (pieces >= STEP_PIECES) break;
  }
  return { lengths };
}

function draftOf(database: StoreDatabase, documentId: string, { length }: IndexRules): Draft | undefined {
  const document = database.keys.document(documentId);
  if (document === undefined) return undefined;
  try {
    const { version } = database.logCalls.head(documentId);
    const whole = database.logCalls.textAt(documentId, version);
    if (whole === undefined) return undefined;
    const text = composed(whole.text.slice(0, length));
    return { documentId, document, version, text, length: whole.text.length, next: 0 };
  } catch (error) {
    if (error instanceof StoreDamagedError) return undefined;
    throw error;
  }
}
