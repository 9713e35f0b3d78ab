import type { Change } from '../../shared/sync/change.ts';
import type { LinkAccess } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { UserAccess } from './access-catalogue.ts';

/** A document without its text. Times are milliseconds since 1970. */
export interface DocumentRecord {
  readonly id: string;
  readonly title: string;
  readonly linkAccess: LinkAccess;
  readonly createdAt: number;
  /** When the text, the title or the settings last changed. */
  readonly updatedAt: number;
  /** When it was put into the trash; absent if it was not. */
  readonly trashedAt?: number | undefined;
  readonly version: number;
}

/** A document with the access of the user who lists it. */
export interface ListedDocument {
  readonly document: DocumentRecord;
  readonly access: UserAccess;
}

/** A page of documents, and the cursor of the next one if there is one. */
export interface DocumentPage {
  readonly documents: readonly ListedDocument[];
  readonly next?: string | undefined;
}

/** What may be changed in a document's record; absent fields stay. */
export interface DocumentFields {
  readonly title?: string | undefined;
  readonly linkAccess?: LinkAccess | undefined;
  readonly trashed?: boolean | undefined;
}

/** Which documents there are. Stored beside the changes and as durable. */
export interface DocumentCatalogue {
  /** Creates a document and its first owner; `firstChange`, if given, is version 1 and committed in the same transaction. */
  createDocument(
    document: Pick<DocumentRecord, 'id' | 'title' | 'linkAccess' | 'createdAt'>,
    owner: User,
    firstChange?: Change,
  ): Promise<DocumentRecord>;

  /** A document, also one in the trash; undefined if there is none. */
  findDocument(documentId: string): Promise<DocumentRecord | undefined>;

  /**
   * Documents that a user is a member of, or those in the trash that they own, by `updatedAt`, newest first. `cursor` is a
   * page's `next`.
   */
  listDocuments(
    userId: string,
    options: { trash: boolean; limit: number; cursor?: string | undefined },
  ): Promise<DocumentPage>;

  /** Changes the given fields and `updatedAt`; undefined if there is no such document. */
  updateDocument(documentId: string, fields: DocumentFields, now: number): Promise<DocumentRecord | undefined>;
}
