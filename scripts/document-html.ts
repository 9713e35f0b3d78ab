import type { Plugin } from 'vite';

/** The module of the page of a document, of which the bundler makes a file or none. */
const PAGE = /\/pages\/DocumentPage\.svelte$/;

/**
 * Makes document.html, with which the server answers for documents: index.html that also says which scripts the page of a document
 * begins with. Browsers ask for them together with the app's, instead of once that has run.
 */
export function documentHtml(): Plugin {
  return {
    name: 'weft:document-html',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const html = bundle['index.html'];
        const page = chunks.find(({ moduleIds }) => moduleIds.some((id) => PAGE.test(id)));
        if (html?.type !== 'asset' || page === undefined) {
          this.error('The build has other files than this plugin knows');
        }
        const source = String(html.source);
        const found = new Set<string>();
        const waiting = [page.fileName];
        for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
          if (found.has(name) || source.includes(name)) continue;
          found.add(name);
          waiting.push(...(chunks.find(({ fileName }) => fileName === name)?.imports ?? []));
        }
        const links = [...found]
          .map((name) => `    <link rel="modulepreload" crossorigin href="./${name}">\n`)
          .join('');
        this.emitFile({
          type: 'asset',
          fileName: 'document.html',
          source: source.replace('  </head>', `${links}  </head>`),
        });
      },
    },
  };
}
