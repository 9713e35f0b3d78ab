import { readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';

const PAGE = path.join(import.meta.dirname, 'sdk/page');
const ELEMENT = path.join(import.meta.dirname, 'web/embed/element.ts');

/** The exports for pages, each a file that a host bundles with its own framework and its own view. */
export default defineConfig({
  // Nothing of a page belongs to them.
  publicDir: false,
  plugins: [
    {
      name: 'weft:one-element',
      enforce: 'pre',
      /** The element is built by itself, because it loads its editor later; bindings find it by the name of its export. */
      resolveId: (source, importer) =>
        importer !== undefined && path.resolve(path.dirname(importer), source) === ELEMENT
          ? { id: 'weftdoc/element', external: true }
          : null,
    },
  ],
  build: {
    outDir: 'dist/bindings',
    emptyOutDir: true,
    target: 'es2022',
    // Hosts minify, and read what they debug.
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(
        readdirSync(PAGE)
          .filter((file) => file.endsWith('.ts') && file !== 'element.ts')
          .map((file) => [path.basename(file, '.ts'), path.join(PAGE, file)]),
      ),
      // What a host has already must be the host's own.
      external: (id) => /^(@codemirror|@lezer|react|react-dom|vue|svelte|monaco-editor|weftdoc)(\/|$)/.test(id),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', hashCharacters: 'hex' },
    },
  },
});
