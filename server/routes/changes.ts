import {
  changesQuerySchema,
  changesSchema,
  committedSchema,
  documentIdParamsSchema,
  errorBodySchema,
  submitOperationsSchema,
} from '../../shared/protocol/http.ts';
import type { Change } from '../../shared/sync/change.ts';
import { operationsFromEdit } from '../../shared/text/operation.ts';
import { insertedText } from '../../shared/text/edit.ts';
import type { App, Parts } from '../parts.ts';
import { authorOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/permissions.ts';
import type { SubmissionRate } from './submission-rate.ts';

/** UTF-16 units of inserted text after which a page of changes ends early. */
const PAGE_LENGTH = 4_000_000;

/** Changes of a document: committing one without a socket, and reading the log. */
export function changeRoutes(app: App, { config, secret, documents }: Parts, rate: SubmissionRate): void {
  app.post(
    '/api/documents/:id/operations',
    {
      bodyLimit: config.limits.messageBytes,
      schema: {
        summary: 'Submit operations; resolves once they are durable',
        params: documentIdParamsSchema,
        body: submitOperationsSchema,
        response: { 200: committedSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      const viewer = authorOf(request, reply, secret, request.body.clientId);
      rate.take(viewer.id);
      return reply.send(await documents.submit(document.id, { viewer, ...request.body }));
    },
  );

  app.get(
    '/api/documents/:id/changes',
    {
      schema: {
        summary: 'Committed changes, oldest first',
        params: documentIdParamsSchema,
        querystring: changesQuerySchema,
        response: { 200: changesSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { after, limit } = request.query;
      const { document } = documentOf(request);
      const found = await documents.changes(document.id, after, limit);
      const page = withinLength(found);
      const isWhole = page.length === found.length && found.length < limit;
      const changes = page.map(({ version, timestamp, edit, userId }) => {
        return { version, timestamp, operations: operationsFromEdit(edit), userId };
      });
      return reply.send({ changes, next: isWhole ? undefined : changes.at(-1)?.version });
    },
  );
}

/** The first changes, at least one, whose text is not too long for one answer. */
function withinLength(changes: readonly Change[]): readonly Change[] {
  let length = 0;
  const end = changes.findIndex(({ edit }) => (length += insertedText(edit).length) > PAGE_LENGTH);
  return end < 0 ? changes : changes.slice(0, Math.max(end, 1));
}
