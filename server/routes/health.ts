import { z } from 'zod';
import type { Stopwatch } from '../../shared/clock.ts';
import { errorBodySchema } from '../../shared/protocol/http.ts';
import { RefusalError } from '../base/refusal.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import type { DocumentStore } from '../stores/document-store.ts';

/** Milliseconds for which an answer of the store is reused. */
const FRESH = 2000;
/** Milliseconds after which a silent store counts as failing. */
const PATIENCE = 3000;

const okSchema = z.object({ status: z.literal('ok') });

type HealthDeps = Pick<AppDeps, 'store' | 'rooms' | 'jobs' | 'config' | 'clock' | 'shortage'>;

/** For monitoring: is the process alive, and can it commit and keep its promises. */
export function healthRoutes(app: App, { store, rooms, jobs, config, clock, shortage }: HealthDeps): void {
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

/** Whether the store can commit. The store is asked at most every two seconds. */
class StoreReadiness {
  readonly #store: Pick<DocumentStore, 'check'>;
  readonly #clock: Stopwatch;
  #checked: { readonly at: number; readonly isReady: Promise<boolean> } | undefined;

  constructor(store: Pick<DocumentStore, 'check'>, clock: Stopwatch) {
    this.#store = store;
    this.#clock = clock;
  }

  /** True if the store committed something now or a moment ago. Resolves after three seconds at the latest. */
  isReady(): Promise<boolean> {
    const now = this.#clock.monotonic();
    if (this.#checked === undefined || now - this.#checked.at >= FRESH) {
      this.#checked = { at: now, isReady: this.#check() };
    }
    return this.#checked.isReady;
  }

  #check(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(PATIENCE, () => resolve(false));
      const settle = (isReady: boolean) => {
        cancel();
        resolve(isReady);
      };
      this.#store.check().then(
        () => settle(true),
        () => settle(false),
      );
    });
  }
}
