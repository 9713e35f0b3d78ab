import { join } from 'node:path';
import type { App, AppDeps } from '../app-deps.ts';
import { allowFrames, documentOfPage, framesOf, refusedFramer } from './framing.ts';
import { refusedFrame } from './frame-refusal.ts';
import { HtmlPage } from './html-pages.ts';

/**
 * Serves the page that shows a document in a frame of somebody else's page, `/embed/:id`. A page that may not do so gets one that says so
 * and offers the document in a tab of its own (docs/decisions/0019-a-refused-frame-says-so.md). Nothing if it was not built.
 */
export async function framePage(
  app: App,
  { config, catalogue, embedFolder: folder }: Pick<AppDeps, 'config' | 'catalogue' | 'embedFolder'>,
): Promise<void> {
  if (folder === undefined) return;
  const page = await HtmlPage.read(join(folder, 'frame.html'), config.basePath);
  for (const address of ['/embed/:id', '/embed/:id/'] as const) {
    app.get<{ Params: { id: string } }>(address, async (request, reply) => {
      const origins = framesOf(config, await documentOfPage(request, catalogue));
      const framer = refusedFramer(request, origins);
      // It matters to pages at the top alone.
      reply.raw.removeHeader('Cross-Origin-Opener-Policy');
      // Also pages that want to know this of all they load (COEP).
      reply.header('Cross-Origin-Resource-Policy', 'cross-origin');
      if (framer === undefined) {
        allowFrames(reply, origins);
        return page.send(reply);
      }
      const href = `${config.basePath}/d/${encodeURIComponent(request.params.id)}`;
      return refusedFrame(reply, { framer, href });
    });
  }
}
