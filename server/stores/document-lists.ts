import type { User } from '../../shared/protocol/fields.ts';
import type { UserAccess } from './access-catalogue.ts';
import type { DocumentRecord } from './document-catalogue.ts';
import type { Match } from './search-words.ts';

/**
 * Which documents a list has: those that a user is a `member` of; `all` that they can open as a member, by a link that they redeemed, or
 * by link access where they have been or what they watch; of these the ones they own (`mine`), do not own (`shared`) or watch; or those
 * they own in the trash (`bin`).
 */
export type Shown = 'member' | 'all' | 'mine' | 'shared' | 'watched' | 'bin';

/** Last changed, last opened or newest first; or by title. */
export type Sort = 'edited' | 'opened' | 'title' | 'created';

/** What is asked of a list. */
export interface ListQuery {
  readonly show: Shown;
  /** By default `edited`. */
  readonly sort?: Sort | undefined;
  readonly limit: number;
  /** A page's `next`, of a list that was asked for in the same way. */
  readonly cursor?: string | undefined;
  /** Words that must all be in the title or the text, as `wordsOf` makes them. */
  readonly words?: readonly string[] | undefined;
  /** Only these documents, in place of those that the user has by access. */
  readonly only?: readonly string[] | undefined;
  /** Milliseconds since 1970; links that have expired by then give nothing. */
  readonly now: number;
}

/** A document as the user has it who lists it. */
export interface ListedDocument {
  readonly document: DocumentRecord;
  readonly access: UserAccess;
  readonly isWatched: boolean;
  /** What the text says after its heading. Like `editedBy` and `by` it is as old as the index. */
  readonly snippet: string;
  /** When the user was there last; absent if never. */
  readonly openedAt?: number | undefined;
  /** Versions since the user was there, and who wrote them, the last first, at most three; absent if nobody else did. */
  readonly unseen?: { readonly changes: number; readonly by: readonly User[] } | undefined;
  /** Who wrote the newest version. */
  readonly editedBy?: User | undefined;
  /** Where the words were found. */
  readonly match?: Match | undefined;
}

/** A page of documents, and the cursor of the next one if there is one. */
export interface DocumentPage {
  readonly documents: readonly ListedDocument[];
  readonly next?: string | undefined;
}

/** The lists of documents that a user has, and the search in them. */
export interface DocumentLists {
  /** A page of a list. Texts are found as soon as they are indexed, titles at once. */
  listDocuments(userId: string, query: ListQuery): Promise<DocumentPage>;
}

/** What makes texts findable. It follows the commits, which never wait for it. */
export interface SearchIndex {
  /** Resolves once everything that was committed before is found, and headings, snippets and writers are those of that time. */
  indexed(): Promise<void>;
}
