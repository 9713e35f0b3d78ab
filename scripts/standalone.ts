import type { OutputChunk, Plugin } from 'rolldown';

/**
 * Makes a script of an entry, which runs as a module, too, and twice in a page. It may import nothing before it runs, and nothing that
 * it loads later may import it, because that would run it again.
 */
export function standalone(fileName: string): Plugin {
  return {
    name: 'weft:standalone',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file): file is OutputChunk => file.type === 'chunk');
        const entry = chunks.find((chunk) => chunk.fileName === fileName);
        if (entry === undefined) return this.error(`The build has no ${fileName}`);
        if (entry.imports.length > 0) this.error(`${fileName} needs ${entry.imports.join(', ')} before it runs`);
        if (entry.exports.length > 0) this.error(`${fileName} exports ${entry.exports.join(', ')}`);
        const users = chunks.filter(({ imports }) => imports.includes(fileName)).map((chunk) => chunk.fileName);
        if (users.length > 0) this.error(`${fileName} would run again for ${users.join(', ')}`);
        entry.code = `(()=>{${entry.code}})();\n`;
      },
    },
  };
}
