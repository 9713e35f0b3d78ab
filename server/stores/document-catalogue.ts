import type { Change } from '../../shared/sync/change.ts';
import type { LinkAccess } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { Authority } from './access-catalogue.ts';

/** A document without its text. Times are milliseconds since 1970. */
export interface DocumentRecord {
  readonly id: string;
  /** Its name; while it has none, what its text began with when it was indexed last, or what it was created with. */
  readonly title: string;
  /** Whether somebody named it. */
  readonly isNamed: boolean;
  readonly linkAccess: LinkAccess;
  readonly createdAt: number;
  /** When the text, the title or the settings last changed. */
  readonly updatedAt: number;
  /** When it was put into the trash; absent if it was not. */
  readonly trashedAt?: number | undefined;
  readonly version: number;
  /** The origins whose pages may embed it, as far as the server allows it; null: all that the server allows. */
  readonly embedOrigins: readonly string[] | null;
}

/** What may be changed in a document's record; absent fields stay. */
export interface DocumentFields {
  /** A title names the document. */
  readonly title?: string | undefined;
  readonly linkAccess?: LinkAccess | undefined;
  readonly trashed?: boolean | undefined;
  readonly embedOrigins?: readonly string[] | null | undefined;
}

/** Which documents there are. Stored beside the changes and as durable. */
export interface DocumentCatalogue {
  /**
   * Creates a document and its first owner; `firstChange`, if given, is version 1 and committed in the same transaction. With
   * `isNamed: false` its title follows the text, and is the given one while there is none.
   */
  createDocument(
    document: Pick<DocumentRecord, 'id' | 'title' | 'linkAccess' | 'createdAt'> & { readonly isNamed?: boolean },
    owner: User,
    firstChange?: Change,
  ): Promise<DocumentRecord>;

  /** A document, also one in the trash; undefined if there is none. */
  findDocument(documentId: string): Promise<DocumentRecord | undefined>;

  /** Changes the given fields and `updatedAt`; undefined if there is no such document. */
  updateDocument(documentId: string, fields: DocumentFields, now: number): Promise<DocumentRecord | undefined>;

  /** Deletes a document in the trash with all that is stored of it; false if it is not there, or not theirs on whose authority it is. */
  deleteDocument(documentId: string, authority: Authority): Promise<boolean>;
}
