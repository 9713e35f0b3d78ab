import {
  documentIdParamsSchema,
  errorBodySchema,
  peopleQuerySchema,
  peopleSchema,
} from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import type { RequestRates } from './request-rates.ts';

/** People whom an answer names. */
const NAMED = 20;

/** Whom an owner may want to add to a document. */
export function peopleRoutes(app: App, { catalogue }: Pick<AppDeps, 'catalogue'>, rates: RequestRates): void {
  app.get(
    '/api/documents/:id/people',
    {
      schema: {
        summary: 'Who was here or works with me elsewhere, and is no member yet',
        params: documentIdParamsSchema,
        querystring: peopleQuerySchema,
        response: { 200: peopleSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      rates.takeSearch(request);
      const { document } = documentOf(request);
      const requester = requesterOf(request);
      const people = await catalogue.listAcquaintances(document.id, {
        userId: requester?.id ?? '',
        name: request.query.q,
        limit: NAMED,
        // A token that names documents does not act for the account.
        ofOthers: requester?.token?.grants === undefined,
      });
      return reply.send({ people: [...people] });
    },
  );
}
