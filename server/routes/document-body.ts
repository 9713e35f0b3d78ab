import type { DocumentBody, ListedDocumentBody } from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { DocumentOperations } from '../rooms/document-operations.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { ListedDocument } from '../stores/document-lists.ts';

/** Most users that `present` names; the others are only counted. */
const NAMED_PEOPLE = 8;

/** What a document is to the caller. */
export interface Standing {
  readonly role: Role;
  readonly isWatched: boolean;
}

/** A document as the API shows it to the caller, with the users who have it open. */
export function documentBody(
  document: DocumentRecord,
  { role, isWatched }: Standing,
  documents: DocumentOperations,
): DocumentBody {
  const { id, isNamed, version, linkAccess, createdAt, updatedAt, trashedAt } = document;
  const present = documents.present(id);
  return {
    id,
    title: documents.titleOf(document),
    isNamed,
    isWatched,
    version,
    role,
    linkAccess,
    createdAt,
    updatedAt,
    ...(trashedAt === undefined ? undefined : { trashedAt }),
    present: present.users.slice(0, NAMED_PEOPLE).map(({ id, name, color }) => ({ id, name, color })),
    presentCount: present.count,
  };
}

/** A document in a list, as the API shows it to whoever has `role` on it. */
export function listedDocumentBody(
  { document, isWatched, snippet, openedAt, unseen, editedBy, match }: ListedDocument,
  role: Role,
  documents: DocumentOperations,
): ListedDocumentBody {
  return {
    ...documentBody(document, { role, isWatched }, documents),
    snippet,
    ...(openedAt !== undefined && { openedAt }),
    ...(unseen !== undefined && { unseen: { changes: unseen.changes, by: [...unseen.by] } }),
    ...(editedBy !== undefined && { editedBy }),
    ...(match !== undefined && { match: { ...match, ranges: match.ranges.map(([from, to]) => [from, to]) } }),
  };
}
