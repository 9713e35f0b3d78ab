import { z } from 'zod';
import { documentIdParamsSchema, errorBodySchema } from '../../shared/protocol/http.ts';
import { userOf } from '../access/identity.ts';
import type { WriteRates } from '../limits/write-rates.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authorOf, requesterOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import type { RequestRates } from './request-rates.ts';

/** About what is stored of one who watches, with their name. */
const ROW_BYTES = 200;

/** Which documents the caller watches. Each call counts as a submission. */
export function watchRoutes(
  app: App,
  { secret, catalogue, clock }: Pick<AppDeps, 'secret' | 'catalogue' | 'clock'>,
  { rates, writes }: { readonly rates: RequestRates; readonly writes: WriteRates },
): void {
  app.put(
    '/api/documents/:id/watch',
    {
      schema: {
        summary: 'Watch a document',
        params: documentIdParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      rates.takeSubmission(request, ROW_BYTES);
      if (requesterOf(request) === undefined) writes.admitGuest(request.network);
      await catalogue.setWatch(document.id, userOf(authorOf(request, reply, secret)), true, clock.now());
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/documents/:id/watch',
    {
      schema: {
        summary: 'Watch a document no longer',
        params: documentIdParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const requester = requesterOf(request);
      const { document } = documentOf(request);
      rates.takeSubmission(request, 0);
      if (requester !== undefined) await catalogue.setWatch(document.id, userOf(requester), false, clock.now());
      return reply.code(204).send();
    },
  );
}
