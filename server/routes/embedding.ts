import {
  documentIdParamsSchema,
  embeddingQuerySchema,
  embeddingSchema,
  errorBodySchema,
} from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import { embeddingOf } from '../sharing/embedding.ts';

/** Tells owners what a page of an origin may do with their document, and why not. */
export function embeddingRoutes(app: App, { config }: Pick<AppDeps, 'config'>): void {
  app.get(
    '/api/documents/:id/embedding',
    {
      schema: {
        summary: 'Whether a page of an origin may embed the document, and why not',
        params: documentIdParamsSchema,
        querystring: embeddingQuerySchema,
        response: { 200: embeddingSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      return reply.send(embeddingOf({ document, origin: request.query.origin, request }, config));
    },
  );
}
