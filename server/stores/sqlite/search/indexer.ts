import { OPENING_LENGTH } from '../../../../shared/text/opening.ts';
import { composed } from '../../search-words.ts';
import { StoreError } from '../../store-error.ts';
import { isDamage } from '../database/damage.ts';
import type { StoreDatabase } from '../database/store-database.ts';
import { pieceOf } from '../tables/search-table.ts';

/** What is indexed. */
export interface IndexRules {
  /** UTF-16 units of a text that are findable, from its beginning on. */
  readonly length: number;
}

/** Pieces that one step writes: a trigram index of 16,384 units takes about 3 ms. */
const STEP_PIECES = 2;
/** UTF-16 units after which a step reads no further text: reading them takes about 1 ms. */
const STEP_UNITS = 50_000;
/** Documents of which one step asks whether they are indexed. */
const LOOK_DOCUMENTS = 500;

/** A text that is being indexed. */
interface Draft {
  readonly documentId: string;
  readonly document: number;
  readonly version: number;
  /** As much of the text as is indexed, composed. */
  readonly text: string;
  /** What the whole text begins with, composed. */
  readonly opening: string;
  /** UTF-16 units of the whole text. */
  readonly length: number;
  /** The number of the next piece. */
  next: number;
}

/**
 * Writes the search index in steps in the store's thread. A step reads texts until it has read 50,000 units, which is one text where it
 * is long, and writes at most two pieces. That a version is indexed is written last, so a text
 * of which only some pieces were written is done again after a crash; pieces that are there already cost a comparison.
 */
export class Indexer {
  #draft: Draft | undefined;

  /** Forgets what was begun. */
  reset(): void {
    this.#draft = undefined;
  }

  /** Ids of documents whose newest version is not indexed by these rules, among the next ones after a key, and the key to go on from, if any. */
  stale(
    database: StoreDatabase,
    after: number,
    { length }: IndexRules,
  ): { documentIds: string[]; next: number | undefined } {
    const { documentIds, last } = database.digests.staleAfter(after, LOOK_DOCUMENTS, length);
    return { documentIds, next: last };
  }

  /**
   * Does the next step on these documents, in their order; returns the lengths of the texts of those that are
   * finished. Documents that are not there or cannot be read are finished too: opening one says what is wrong. Throws StoreError
   * INDEX_FULL where the room that is left is kept for the log.
   */
  step(database: StoreDatabase, documentIds: readonly string[], rules: IndexRules): number[] {
    const begun = this.#draft;
    this.#draft = undefined;
    if (rules.length > 0 && database.isNearlyFull) {
      throw new StoreError(
        'INDEX_FULL',
        'The database is nearly as large as it may be: texts are not indexed for search',
      );
    }
    const unreadable = new Set<string>();
    for (;;) {
      const before = unreadable.size;
      try {
        const outcome = database.transact(() => work(database, documentIds, rules, { begun, unreadable }));
        this.#draft = outcome.draft;
        return outcome.lengths;
      } catch (error) {
        // After damage SQLite writes nothing more in the same transaction.
        if (unreadable.size === before) throw error;
      }
    }
  }
}

/** The work of a step in a transaction. Throws the damage of a document, and adds it to those that are passed over. */
function work(
  database: StoreDatabase,
  documentIds: readonly string[],
  rules: IndexRules,
  { begun, unreadable }: { readonly begun: Draft | undefined; readonly unreadable: Set<string> },
): { lengths: number[]; draft?: Draft } {
  const lengths: number[] = [];
  let pieces = 0;
  let read = 0;
  for (const documentId of documentIds) {
    const isBegun = begun?.documentId === documentId;
    const draft = isBegun ? { ...begun } : readDraft(database, documentId, rules, unreadable);
    if (!isBegun) read += draft?.length ?? 0;
    for (; draft !== undefined; draft.next += 1) {
      const piece = pieceOf(draft.text, draft.next);
      if (piece === undefined) break;
      if (pieces >= STEP_PIECES) return { lengths, draft };
      if (database.search.save(draft.document, piece)) pieces += 1;
    }
    if (draft !== undefined) {
      database.search.removeFrom(draft.document, draft.next);
      const { version, opening } = draft;
      database.digests.save(draft.document, { version, opening, indexedLength: rules.length });
    }
    lengths.push(draft?.length ?? 0);
    if (pieces >= STEP_PIECES || read >= STEP_UNITS) break;
  }
  return { lengths };
}

function readDraft(
  database: StoreDatabase,
  documentId: string,
  { length }: IndexRules,
  unreadable: Set<string>,
): Draft | undefined {
  if (unreadable.has(documentId)) return undefined;
  try {
    const document = database.keys.document(documentId);
    if (document === undefined) return undefined;
    const { version } = database.logCalls.head(documentId);
    const whole = database.logCalls.textAt(documentId, version);
    if (whole === undefined) return undefined;
    const text = composed(whole.text.slice(0, length));
    const opening = composed(whole.text.slice(0, OPENING_LENGTH));
    return { documentId, document, version, text, opening, length: whole.text.length, next: 0 };
  } catch (error) {
    if (isDamage(error)) unreadable.add(documentId);
    throw error;
  }
}
