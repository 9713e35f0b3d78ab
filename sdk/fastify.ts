/** `weftdoc/fastify`: the whole service as a plugin of somebody's own Fastify application. */
export { weft, weft as default } from '../server/hosted/fastify-plugin.ts';

export type { WeftOptions } from '../server/hosted/fastify-plugin.ts';
