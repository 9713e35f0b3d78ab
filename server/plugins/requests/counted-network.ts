import type { FastifyRequest } from 'fastify';
import { countedNetwork, networkOf } from '../../limits/network.ts';
import type { App, AppDeps } from '../app-deps.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The network that it came from by all that the server may believe. */
    readonly source: string;
    /** What it counts for where a limit is on a network and not on somebody; undefined where it counts for none. */
    readonly network: string | undefined;
  }
}

/**
 * Decides once, for all limits, what the address that a request came from counts as. Whoever guesses passwords or has no credential
 * counts for the source, whatever their head says; what is counted of people beside their own limits has another measure behind a
 * proxy that nobody told the server of, which must not make one network of them.
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
