import fastifyStatic from '@fastify/static';
import { sep } from 'node:path';
import { errorAnswer, sendAnswer } from './error-answers.ts';
import type { App } from '../app-deps.ts';

/**
 * Serves the built web app: document.html is index.html with what documents need at once. Assets have content hashes in their names,
 * so browsers may cache them for ever. Unknown paths are answered here too: browsers get the app's own page, programs an error.
 */
export async function webPages(app: App, folder: string | undefined): Promise<void> {
  if (folder !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      dotfiles: 'ignore',
      preCompressed: true,
      setHeaders: (response, path) => {
        const isAsset = path.includes(`${sep}assets${sep}`);
        response.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    for (const address of ['/d/:id', '/d/:id/']) {
      app.get(address, (_request, reply) => reply.sendFile('document.html'));
    }
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    const path = request.url.split('?', 1)[0]!;
    if (folder !== undefined && wantsPage && !/^\/(api|live)(\/|$)/.test(path)) {
      return reply.code(404).sendFile('index.html');
    }
    return sendAnswer(reply, errorAnswer('not_found', `There is no ${request.method} ${path.slice(0, 200)}`));
  });
}
