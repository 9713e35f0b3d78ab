import type { DocumentBody } from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { DocumentOperations } from '../rooms/document-operations.ts';

/** People that a listing names; the others are counted. */
const NAMED_PEOPLE = 8;

/** A document as the API shows it to somebody with that role, with who has it open now. */
export function documentBody(
  document: DocumentRecord,
  role: Role,
  documents: Pick<DocumentOperations, 'present'>,
): DocumentBody {
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
