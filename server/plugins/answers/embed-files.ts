import fastifyStatic from '@fastify/static';
import { join } from 'node:path';
import type { App } from '../app-deps.ts';

/** Pages of every origin may run it, as a classic script and as a module, and also where they want to know that of all they load (COEP). */
const FOR_ALL_PAGES = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // What is packed is another answer at the same address.
  Vary: 'Accept-Encoding',
} as const;

/**
 * Serves what pages of others load to embed documents: the script `/embed.js`, which is looked for anew each time, and what that loads,
 * which has content hashes in its names and may be kept for ever. Nothing if there is no folder of it. Comes after the pages.
 */
export async function embedFiles(app: App, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const headers = { ...FOR_ALL_PAGES, 'Cache-Control': 'public, max-age=31536000, immutable' };
  await app.register(fastifyStatic, {
    root: join(folder, 'embed-assets'),
    prefix: '/embed-assets/',
    decorateReply: !app.hasReplyDecorator('sendFile'),
    index: false,
    cacheControl: false,
    dotfiles: 'ignore',
    preCompressed: true,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    },
  });
  app.get('/embed.js', (_request, reply) =>
    reply.headers({ ...FOR_ALL_PAGES, 'Cache-Control': 'no-cache' }).sendFile('embed.js', folder),
  );
}
