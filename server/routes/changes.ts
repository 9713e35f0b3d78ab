import {
  changesQuerySchema,
  changesSchema,
  committedSchema,
  documentIdParamsSchema,
  errorBodySchema,
  submitOperationsSchema,
} from '../../shared/protocol/http.ts';
import { operationsFromEdit } from '../../shared/text/operation.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authorOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import type { RequestRates } from './request-rates.ts';

/** About the bytes of an operation beside its text. */
const OPERATION_BYTES = 16;

/** Changes of a document: committing one without a socket, and reading the log. */
export function changeRoutes(
  app: App,
  { config, secret, documents }: Pick<AppDeps, 'config' | 'secret' | 'documents'>,
  rates: RequestRates,
): void {
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
      const requester = authorOf(request, reply, secret, request.body.clientId);
      const { operations } = request.body;
      rates.takeSubmission(request, lengthOf(operations), operations.length);
      return reply.send(await documents.submit(document.id, { requester, ...request.body }));
    },
  );

  app.get(
    '/api/documents/:id/changes',
    {
      // Thousands of operations, made from edits that were checked before; validating them again would take longer than all the rest.
      serializerCompiler: () => (body) => JSON.stringify(body),
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
      rates.takeHistoryRead(request);
      const [found, head] = [await documents.changes(document.id, after, limit), document.version];
      const changes = found.map(({ version, timestamp, edit, userId }) => {
        return { version, timestamp, operations: operationsFromEdit(edit), userId };
      });
      const last = changes.at(-1)?.version;
      // A page may end early and not be the last one: only the newest version is the end.
      const isWhole = last === undefined || (changes.length < limit && last >= head);
      return reply.send({ changes, next: isWhole ? undefined : last });
    },
  );
}

/** About the bytes of operations, which need not be valid. */
function lengthOf(operations: readonly unknown[]): number {
  let length = 0;
  for (const operation of operations) {
    const text = (operation as { readonly text?: unknown } | null)?.text;
    length += OPERATION_BYTES + (typeof text === 'string' ? text.length : 0);
  }
  return length;
}
