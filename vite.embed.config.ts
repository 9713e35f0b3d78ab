import { svelte } from '@sveltejs/vite-plugin-svelte';
import path from 'node:path';
import { defineConfig } from 'vite';
import { embeddedStyles } from './scripts/embedded-styles.ts';
import { precompress } from './scripts/precompress.ts';
import { standalone } from './scripts/standalone.ts';

const EMBED = path.join(import.meta.dirname, 'web/embed');

/**
 * The editor in pages of others. Built twice into one folder, because nothing may be shared by the two files that it begins with:
 * element.js is for the bundlers of hosts, embed.js (`--mode script`) a script by itself. What they load later is the same.
 */
export default defineConfig(({ mode }) => ({
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
    ...(mode === 'script' ? [standalone('embed.js'), precompress()] : []),
  ],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: mode !== 'script',
    target: 'es2022',
    // A library has no helper of Vite's around what it loads later, which would be shared with it.
    lib: {
      entry: mode === 'script' ? { embed: path.join(EMBED, 'script.ts') } : { element: path.join(EMBED, 'element.ts') },
      formats: ['es'],
    },
    rolldownOptions: {
      output: {
        // For libraries, Vite leaves spaces alone.
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: 'embed-assets/[name]-[hash].js',
        hashCharacters: 'hex',
      },
    },
  },
}));
