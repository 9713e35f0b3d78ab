import { svelte } from '@sveltejs/vite-plugin-svelte';
import path from 'node:path';
import { defineConfig } from 'vite';
import { embeddedStyles } from './scripts/embedded-styles.ts';
import { framePage } from './scripts/frame-page.ts';
import { precompress } from './scripts/precompress.ts';
import { standalone } from './scripts/standalone.ts';

const EMBED = path.join(import.meta.dirname, 'web/embed');

/** The editor in pages of others: element.js for the bundlers of hosts, embed.js for a script tag, and what both load later. */
export default defineConfig({
  root: EMBED,
  base: './',
  publicDir: false,
  plugins: [
    embeddedStyles(),
    svelte({
      configFile: '../../svelte.config.js',
      // Made of nodes and not of markup, which pages of hosts with trusted types refuse.
      compilerOptions: { fragments: 'tree' },
    }),
    standalone({ entry: path.join(EMBED, 'script.ts'), fileName: 'embed.js', later: path.join(EMBED, 'editor/') }),
    framePage('frame-page'),
    precompress(),
  ],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    // A library has no helper of Vite's around what it loads later, which would be shared with it.
    lib: {
      entry: {
        element: path.join(EMBED, 'element.ts'),
        embed: path.join(EMBED, 'script.ts'),
        'frame-page': path.join(EMBED, 'frame/frame-page.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      output: {
        // For libraries, Vite leaves spaces alone.
        minify: true,
        entryFileNames: ({ name }) => (name === 'frame-page' ? 'embed-assets/[name]-[hash].js' : '[name].js'),
        chunkFileNames: 'embed-assets/[name]-[hash].js',
        hashCharacters: 'hex',
      },
    },
  },
});
