import type { DocumentBody } from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/messages.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { DocumentService } from '../rooms/document-service.ts';

/** Most users that `present` names; the others are only counted. */
const NAMED_PEOPLE = 8;

/** A document as the API shows it to somebody with `role`, with the users who have it open. */
export function documentBody(document: DocumentRecord, role: Role, documents: DocumentService): DocumentBody {
  const { id, title, version, linkAccess, createdAt, updatedAt, trashedAt } = document;
  const present = documents.present(id);
  return {
    id,
    title,
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
