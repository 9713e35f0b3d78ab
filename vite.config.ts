import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, loadEnv } from 'vite';
import { documentHtml } from './scripts/document-html.ts';
import { pageChunkOf } from './scripts/page-chunks.ts';
import { precompress } from './scripts/precompress.ts';

const SERVER = 'http://127.0.0.1:3000';

export default defineConfig(({ command, mode }) => ({
  root: 'web',
  // As built, the app is put below any path: scripts name each other relative to themselves, and the server puts the path into the pages.
  base: command === 'build' ? './' : `${basePath(mode)}/`,
  plugins: [svelte({ configFile: '../svelte.config.js' }), documentHtml(), precompress()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the security policy allows neither inline scripts nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // 3 KiB more at first, and no part that is loaded later can come without its styles: browsers are not asked for those anew.
    cssCodeSplit: false,
    // scripts/bundle-size.mjs reads from it what a page loads.
    manifest: true,
    // The names stand in the scripts, where hexadecimal ones compress better.
    rolldownOptions: {
      output: {
        hashCharacters: 'hex',
        codeSplitting: { groups: [{ name: (id, graph) => pageChunkOf(id, graph) ?? null }] },
      },
    },
  },
  // Workers load parts of their own, and have the names of all other scripts.
  worker: { format: 'es', rolldownOptions: { output: { hashCharacters: 'hex' } } },
  server: {
    fs: { allow: ['..'] },
    proxy: {
      [`${basePath(mode)}/api`]: SERVER,
      [`${basePath(mode)}/healthz`]: SERVER,
      [`${basePath(mode)}/embed`]: SERVER,
      [`${basePath(mode)}/live`]: { target: SERVER, ws: true },
    },
  },
}));

/** The base path that the server of `npm run dev` reads, from the environment or `.env`. */
function basePath(mode: string): string {
  const { WEFT_BASE_PATH = '' } = loadEnv(mode, import.meta.dirname, 'WEFT_');
  return WEFT_BASE_PATH.replace(/\/$/, '');
}
