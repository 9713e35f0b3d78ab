import { BlockCache } from './block-cache.ts';
import type { RenderRequest } from './preview-tree.ts';

/*
 * Renders Markdown in a thread of its own: a text that was made to be slow keeps nothing waiting but its own preview. Here its
 * markup is read and sanitised too, so that the page never makes elements of a string.
 */
const cache = new BlockCache();
let last = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<RenderRequest>) => {
  last = last.then(async () => postMessage(await cache.render(data.text)));
  // Errors of promises are not told to the page.
  last.catch((error: unknown) =>
    setTimeout(() => {
      throw error;
    }),
  );
});
