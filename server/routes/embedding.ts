import type { FastifyRequest } from 'fastify';
import {
  documentIdParamsSchema,
  embeddingQuerySchema,
  embeddingSchema,
  errorBodySchema,
} from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { isOwnOrigin } from '../plugins/foreign-origin.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import { embeddingOf, originFrom } from '../sharing/embedding.ts';

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
      const origin = originFrom(request.query.origin);
      const isOurs = isOwnOrigin(request, origin);
      return reply.send(embeddingOf({ document, origin, isOurs, isInsecure: isReachedInsecurely(request) }, config));
    },
  );
}

/** Whether a browser reaches this server over the network without TLS, by the address of the request. */
function isReachedInsecurely({ protocol, host, headers }: FastifyRequest): boolean {
  // Behind a proxy that is not trusted every request seems to come over HTTP, but browsers send this header over TLS alone, or on this machine.
  if (protocol === 'https' || headers['sec-fetch-site'] !== undefined) return false;
  const name = host.replace(/:\d+$/, '');
  return name !== 'localhost' && !name.endsWith('.localhost') && name !== '127.0.0.1' && name !== '[::1]';
}
