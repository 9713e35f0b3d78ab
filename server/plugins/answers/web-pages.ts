import fastifyStatic from '@fastify/static';
import path from 'node:path';
import { errorAnswer, sendAnswer } from './error-answers.ts';
import { allowFrames, documentOfPage, framesOf } from './framing.ts';
import { HtmlPage } from './html-pages.ts';
import { oembedLinks } from './oembed-link.ts';
import type { App, AppDeps } from '../app-deps.ts';

/**
 * Serves the built web app: document.html is index.html with what documents need at once. Assets have content hashes in their names,
 * so browsers may cache them for ever. Unknown paths are answered here too: browsers get the app's own page, programs an error.
 */
export async function webPages(
  app: App,
  { config, catalogue, webFolder: folder }: Pick<AppDeps, 'config' | 'catalogue' | 'webFolder'>,
): Promise<void> {
  let home: HtmlPage | undefined;
  if (folder !== undefined) {
    const read = (name: string): Promise<HtmlPage> => HtmlPage.read(path.join(folder, name), config.basePath);
    const [index, document] = await Promise.all([read('index.html'), read('document.html')]);
    home = index;
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      cacheControl: false,
      dotfiles: 'ignore',
      preCompressed: true,
      setHeaders: (response, file) => {
        const isAsset = file.includes(`${path.sep}assets${path.sep}`);
        response.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    app.get('/', (_request, reply) => index.send(reply));
    for (const address of ['/d/:id', '/d/:id/']) {
      app.get(address, async (request, reply) => {
        // Its page is loaded without the store too, and says what is wrong; nobody else frames it then.
        const shown = await documentOfPage(request, catalogue).catch(() => null);
        allowFrames(reply, shown === null ? [] : framesOf(config, shown));
        return document.send(reply, oembedLinks(request, config, shown ?? undefined));
      });
    }
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    const asked = request.url.split('?', 1)[0]!;
    if (home !== undefined && wantsPage && !/^\/(api|live)(\/|$)/.test(asked)) return home.send(reply.code(404));
    return sendAnswer(reply, errorAnswer('not_found', `There is no ${request.method} ${asked.slice(0, 200)}`));
  });
}
