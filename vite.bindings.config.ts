import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const PAGE = path.join(root, 'sdk/page');
const BINDINGS = path.join(root, 'web/bindings');

/** What is built by itself: the element, because it loads its editor later, and the engine, so that a host has it once. */
const BY_EXPORT: Readonly<Record<string, string>> = {
  'virtual:weft-element': 'weftdoc/element',
  [path.join(root, 'shared/client/browser.ts')]: 'weftdoc/client',
  [path.join(root, 'shared/client/events/session-status.ts')]: 'weftdoc/client',
};

/** Bindings find what is built by itself by the name of its export. */
const exportsByName: Plugin = {
  name: 'weft:exports-by-name',
  enforce: 'pre',
  resolveId: (source, importer) => {
    const file =
      importer === undefined || !source.startsWith('.') ? source : path.resolve(path.dirname(importer), source);
    const id = BY_EXPORT[file];
    return id === undefined ? null : { id, external: true };
  },
};

/** Ships components of Svelte as they are, beside the compiled files that they import: the host's own Svelte compiles them. */
const componentsAsSource: Plugin = {
  name: 'weft:components-as-source',
  enforce: 'pre',
  buildStart() {
    for (const file of readdirSync(BINDINGS, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.svelte')) continue;
      const place = path.join(BINDINGS, file);
      const source = readFileSync(place, 'utf8').replace(
        /^( *import (?!type).* from '(\..*))\.ts';$/gm,
        (_line, start: string, module: string) => {
          const id = path.resolve(path.dirname(place), `${module}.ts`);
          this.emitFile({ type: 'chunk', id, fileName: path.relative(BINDINGS, id).replace(/ts$/, 'js') });
          return `${start}.js';`;
        },
      );
      this.emitFile({ type: 'asset', fileName: file, source });
    }
  },
  resolveId: (source, importer) =>
    importer !== undefined && source.endsWith('.svelte')
      ? { id: `./${path.relative(BINDINGS, path.resolve(path.dirname(importer), source))}`, external: true }
      : null,
};

/** The exports for pages, each a file that a host bundles with its own framework and its own view. */
export default defineConfig({
  // Nothing of a page belongs to them.
  publicDir: false,
  plugins: [exportsByName, componentsAsSource],
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
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        hashCharacters: 'hex',
        // Frameworks with server components send it to browsers.
        banner: ({ name }) => (name === 'react' ? `'use client';` : ''),
      },
    },
  },
});
