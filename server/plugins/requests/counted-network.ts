import type { FastifyRequest } from 'fastify';
import { countedNetwork, networkOf } from '../../limits/network.ts';
import type { App, AppDeps } from '../app-deps.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The network of the client's address, as far as proxies are trusted. */
    readonly source: string;
    /** The network that it counts for, by limits on networks; undefined if it counts for none. */
    readonly network: string | undefined;
  }
}

/**
 * Decides once, for all limits, as which network a request counts. Password guesses and visitors without a credential count for
 * `source`, whatever their headers say. The additional limits on networks use `network`, which is undefined behind a local proxy
 * that is not configured: that would make one network of everybody.
 */
export function countedNetworks(app: App, { config }: Pick<AppDeps, 'config'>): void {
  app.decorateRequest('source', {
    getter(this: FastifyRequest) {
      return networkOf(this.ip);
    },
  });
  app.decorateRequest('network', {
    getter(this: FastifyRequest) {
      return countedNetwork(this, config.trustProxy);
    },
  });
}
