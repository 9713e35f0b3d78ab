import type { Change } from '../../shared/sync/change.ts';
import type { LinkAccess } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/users.ts';
import type { UserAccess } from './user-access.ts';

/** A document without its text. Times are milliseconds since 1970. */
export interface DocumentRecord {
  readonly id: string;
  readonly title: string;
  readonly linkAccess: LinkAccess;
  readonly createdAt: number;
  /** The last change of the text, the title or the settings. */
  readonly updatedAt: number;
  /** When it was put into the trash; absent where it was not. */
  readonly trashedAt?: number | undefined;
  readonly version: number;
}

/** A document with what is known of the user who lists it. */
export interface ListedDocument {
  readonly document: DocumentRecord;
  readonly access: UserAccess;
}

/** A page of documents, and where the next one starts. */
export interface DocumentPage {
  readonly documents: readonly ListedDocument[];
  readonly next?: string | undefined;
}

export interface DocumentFields {
  readonly title?: string | undefined;
  readonly linkAccess?: LinkAccess | undefined;
  readonly trashed?: boolean | undefined;
}

/** Which documents there are. Stored beside the changes, and as durable. */
export interface DocumentCatalogue {
  /** Creates a document and its first owner; `firstChange`, where given, is version 1 and committed in the same transaction. */
  createDocument(
    document: Pick<DocumentRecord, 'id' | 'title' | 'linkAccess' | 'createdAt'>,
    owner: User,
    firstChange?: Change,
  ): Promise<DocumentRecord>;

  /** A document, also one in the trash. */
  findDocument(documentId: string): Promise<DocumentRecord | undefined>;

  /**
   * Documents that a user is a member of, or those in the trash that they own, by `updatedAt`, newest first. `cursor` is a
   * page's `next`.
   */
  listDocuments(
    userId: string,
    options: { trash: boolean; limit: number; cursor?: string | undefined },
  ): Promise<DocumentPage>;

  /** Changes what is given, with `updatedAt`; undefined where there is no such document. */
  updateDocument(documentId: string, fields: DocumentFields, now: number): Promise<DocumentRecord | undefined>;
}
