import { z } from 'zod';
import { errorBodySchema, sessionRequestSchema, sessionSchema } from '../../shared/protocol/http.ts';
import { newGuest, userOf, type Guest } from '../access/identity.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { endSession, giveSession, requesterOf } from '../plugins/authentication.ts';
import { RefusalError } from '../base/refusal.ts';
import type { WriteRates } from '../limits/write-rates.ts';

/** Who the visitor is: a guest, whose name and colour are kept only in a signed cookie, or the user of a token. */
export function sessionRoutes(
  app: App,
  { secret, documents }: Pick<AppDeps, 'secret' | 'documents'>,
  writes: WriteRates,
): void {
  app.post(
    '/api/session',
    {
      config: { replacesCredential: true },
      schema: {
        summary: 'Become a guest, or change name and colour',
        body: sessionRequestSchema.nullish(),
        response: { 200: sessionSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const known = requesterOf(request);
      if (known?.token !== undefined) {
        // Pages call this to learn who they are.
        if (Object.keys(request.body ?? {}).length === 0) return reply.send({ user: known });
        throw new RefusalError('forbidden', 'Your name and colour stand in your token');
      }
      if (known === undefined) writes.admitGuest(request.network);
      const chosen = request.body?.color !== undefined && { choseColor: true as const };
      const user: Guest = { ...(known ?? newGuest()), ...request.body, ...chosen };
      giveSession(reply, secret, user);
      if (known !== undefined) documents.renameUser(userOf(user), { keepsColor: user.choseColor !== true });
      return reply.send({ user });
    },
  );

  app.get(
    '/api/session',
    { schema: { summary: 'Who am I', response: { 200: sessionSchema, default: errorBodySchema } } },
    async (request, reply) => {
      const user = requesterOf(request);
      if (user === undefined) throw new RefusalError('unauthenticated', 'There is no session; POST makes one');
      // Every visit renews the cookie for a year.
      if (user.token === undefined) giveSession(reply, secret, user);
      return reply.send({ user });
    },
  );

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out', response: { 204: z.undefined(), default: errorBodySchema } } },
    async (_request, reply) => {
      endSession(reply);
      return reply.code(204).send();
    },
  );
}
