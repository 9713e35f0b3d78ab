import type { User } from '../../shared/protocol/fields.ts';

/** What somebody has seen of a document. */
export interface Visit {
  readonly documentId: string;
  readonly user: User;
  /** The version that they saw last. */
  readonly version: number;
  /** When they were there, in milliseconds since 1970. */
  readonly seenAt: number;
}

/** Somebody whom an owner knows. */
export interface Acquaintance {
  readonly user: User;
  /** When they were in the document last, in milliseconds since 1970; absent if never. */
  readonly lastSeenAt?: number | undefined;
}

/** Whom an owner asks for. */
export interface AcquaintanceQuery {
  /** The owner. */
  readonly userId: string;
  /** A part of the name. */
  readonly name?: string | undefined;
  readonly limit: number;
  /** Whether members of the owner's other documents count. */
  readonly ofOthers: boolean;
}

/** Who was in which document, and who watches which. */
export interface VisitCatalogue {
  /**
   * Records visits; those of unknown documents are left out, and older ones than what is known change nothing. Of the same documents,
   * visits of a year before, of users who are no members, are forgotten. Names and colours that are known stay, here and in `setWatch`.
   */
  saveVisits(visits: readonly Visit[]): Promise<void>;

  /** Begins or ends that a user watches a document. */
  setWatch(documentId: string, user: User, isWatched: boolean, now: number): Promise<void>;

  /** Whether a user watches a document. */
  isWatched(documentId: string, userId: string): Promise<boolean>;

  /** Users who have been in a document, redeemed one of its links, or are members of the owner's others; without its members. The last seen first. */
  listAcquaintances(documentId: string, query: AcquaintanceQuery): Promise<readonly Acquaintance[]>;
}
