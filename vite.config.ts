import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { documentHtml } from './scripts/document-html.ts';
import { pageChunkOf } from './scripts/page-chunks.ts';
import { precompress } from './scripts/precompress.ts';

const SERVER = 'http://127.0.0.1:3000';

export default defineConfig({
  root: 'web',
  base: '/',
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
      '/api': SERVER,
      '/healthz': SERVER,
      '/live': { target: SERVER, ws: true },
    },
  },
});
