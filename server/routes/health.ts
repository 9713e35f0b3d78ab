import { z } from 'zod';
import { errorBodySchema } from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { RefusalError } from '../base/refusal.ts';
import { StoreReadiness } from '../setup/store-readiness.ts';

const okSchema = z.object({ status: z.literal('ok') });

/** For whoever watches the server: is the process alive, and can it commit and keep what it promises. */
export function healthRoutes(app: App, { store, rooms, jobs, config, clock, shortage }: AppDeps): void {
  const readiness = new StoreReadiness(store, clock);

  app.get('/healthz', { schema: { summary: 'Alive', response: { 200: okSchema } } }, async (_request, reply) =>
    reply.send({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    { schema: { summary: 'Can commit', response: { 200: okSchema, default: errorBodySchema } } },
    async (_request, reply) => {
      if (!rooms.isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
      if (!(await readiness.isReady())) throw new RefusalError('unavailable', 'Storage cannot commit now');
      if (shortage.isLasting) throw new RefusalError('unavailable', 'As many connections are open as may be');
      if (jobs.records.get('sweep')?.isFailing === true) {
        throw new RefusalError('unavailable', 'Slow readers and idle documents are not cleared away now');
      }
      const tokenKeys = jobs.records.get('token-keys');
      if (!config.guests && tokenKeys !== undefined && tokenKeys.lastSuccess === undefined) {
        throw new RefusalError('unavailable', 'The keys of tokens were never read, and nobody else is let in');
      }
      return reply.send({ status: 'ok' });
    },
  );
}
