import type { ListedDocumentBody } from '../../shared/protocol/http.ts';

/** A document of a list that was made and changed last at `updatedAt`, in milliseconds since 1970. */
export function listedDocument(
  id: string,
  updatedAt: number,
  more: Partial<ListedDocumentBody> = {},
): ListedDocumentBody {
  return {
    ...{ id, title: id, isNamed: true, isWatched: false, version: 1, role: 'owner', linkAccess: 'none', snippet: '' },
    ...{ createdAt: updatedAt, updatedAt, present: [], presentCount: 0 },
    ...more,
  };
}
