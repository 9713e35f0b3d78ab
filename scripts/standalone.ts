import path from 'node:path';
import type { OutputChunk, Plugin } from 'rolldown';

export interface StandaloneOptions {
  /** The module that it begins with, and the file that is made of it. */
  readonly entry: string;
  readonly fileName: string;
  /** The folder of what it loads later, which it shares with other entries. */
  readonly later: string;
}

/** Marks modules that are copies, for the script alone. */
const COPY = '?standalone';

/**
 * Makes a script of an entry, which runs as a module, too, and twice in a page. It may import nothing before it runs, and nothing that
 * it loads later may import it, because that would run it again. So the modules that it shares with other entries are copied into it.
 */
export function standalone({ entry, fileName, later }: StandaloneOptions): Plugin {
  return {
    name: 'weft:standalone',
    resolveId: {
      order: 'pre',
      handler(source, importer) {
        if (importer === undefined || !source.startsWith('.')) return null;
        if (importer !== entry && !importer.endsWith(COPY)) return null;
        const id = path.resolve(path.dirname(importer), source);
        return id.startsWith(later) ? id : `${id}${COPY}`;
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file): file is OutputChunk => file.type === 'chunk');
        const made = chunks.find((chunk) => chunk.fileName === fileName);
        if (made === undefined) return this.error(`The build has no ${fileName}`);
        if (made.imports.length > 0) this.error(`${fileName} needs ${made.imports.join(', ')} before it runs`);
        if (made.exports.length > 0) this.error(`${fileName} exports ${made.exports.join(', ')}`);
        const users = chunks.filter(({ imports }) => imports.includes(fileName)).map((chunk) => chunk.fileName);
        if (users.length > 0) this.error(`${fileName} would run again for ${users.join(', ')}`);
        // A script of another origin has no address of its own for what is relative to it; a module has.
        const at = (name: string): string => `import(weftFolder+${JSON.stringify(name)})`;
        const code = made.code.replaceAll(/\bimport\(([`'"])\.\/(.*?)\1\)/g, (_, _quote, name: string) => {
          const needed = neededBy(name, chunks);
          // Asked for at once, and not only when it has come and says what it needs: that would be one more way to the server and back.
          return needed.length === 0 ? at(name) : `Promise.all([${[name, ...needed].map(at).join()}]).then(([it])=>it)`;
        });
        made.code = `(()=>{const weftFolder=document.currentScript?new URL(".",document.currentScript.src).href:"./";${code}})();\n`;
      },
    },
  };
}

/** The files that a chunk imports before it runs, and those that they import. */
function neededBy(name: string, chunks: readonly OutputChunk[]): string[] {
  const found = new Set<string>();
  const collect = (of: string): void => {
    for (const needed of chunks.find(({ fileName }) => fileName === of)?.imports ?? []) {
      if (found.has(needed)) continue;
      found.add(needed);
      collect(needed);
    }
  };
  collect(name);
  return [...found];
}
