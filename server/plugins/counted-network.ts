import type { FastifyRequest } from 'fastify';
import { countedNetwork } from '../network.ts';
import type { App, Parts } from '../parts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What it counts for wherever networks have limits; undefined where it counts for none. */
    readonly network: string | undefined;
  }
}

/** Decides once, for every limit alike, what the address that a request came from counts as. */
export function countedNetworks(app: App, { config }: Pick<Parts, 'config'>): void {
  app.decorateRequest('network', {
    getter(this: FastifyRequest) {
      return countedNetwork(this, config.trustProxy);
    },
  });
}
