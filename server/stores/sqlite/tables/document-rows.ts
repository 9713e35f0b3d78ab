import type { LinkAccess } from '../../../../shared/protocol/roles.ts';
import type { DocumentRecord } from '../../document-catalogue.ts';
import { edgeOfRuns } from '../log/run-table.ts';

/** A document as `DOCUMENTS` reads it. */
export interface DocumentRow {
  readonly key: number;
  readonly id: string;
  readonly title: string;
  readonly isNamed: number;
  readonly linkAccess: LinkAccess;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly trashedAt: number | null;
  readonly version: number;
  /** A JSON array. */
  readonly embedOrigins: string | null;
}

/** SQL for the newest run of the `document` of a statement, as `run`. */
export const NEWEST_RUN = `LEFT JOIN run ON run.key = ${edgeOfRuns('max')}`;
/** SQL for when the text, the title or the settings last changed; needs `NEWEST_RUN`. */
export const UPDATED_AT = 'max(document.updated_at, coalesce(run.timestamp, 0))';

/** SQL that reads documents. Version and time of the text come from the newest run, so that typing never writes the document's row. */
export const DOCUMENTS = `
  SELECT document.key, document.id, CASE WHEN is_named THEN title ELSE coalesce(heading, title) END AS title,
    is_named AS isNamed, link_access AS linkAccess, created_at AS createdAt, ${UPDATED_AT} AS updatedAt,
    trashed_at AS trashedAt, coalesce(run.version + run.size - 1, 0) AS version,
    embed_origins AS embedOrigins
  FROM document ${NEWEST_RUN}`;

/** The row without its key, as everybody else knows a document. */
export function toRecord({ key: _key, trashedAt, isNamed, embedOrigins, ...row }: DocumentRow): DocumentRecord {
  const origins = embedOrigins === null ? null : (JSON.parse(embedOrigins) as string[]);
  return { ...row, isNamed: isNamed === 1, embedOrigins: origins, ...(trashedAt !== null && { trashedAt }) };
}
