import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** True if the sources run unbuilt; false in `dist/`. */
const isSource = import.meta.url.endsWith('.ts');

/** The version of this package. */
export function weftVersion(): string {
  const file = new URL(isSource ? '../../package.json' : '../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The folder of the built web app; undefined if it is not built. */
export function builtWebFolder(): string | undefined {
  return builtFolder('web', 'index.html');
}

/** The folder of what pages of others load to embed documents; undefined if it is not built. */
export function builtEmbedFolder(): string | undefined {
  return builtFolder('embed', 'embed.js');
}

function builtFolder(name: string, needed: string): string | undefined {
  const folder = fileURLToPath(new URL(isSource ? `../../dist/${name}` : `../../${name}`, import.meta.url));
  return existsSync(`${folder}/${needed}`) ? folder : undefined;
}
