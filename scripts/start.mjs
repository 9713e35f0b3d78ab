/**
 * `npm start`: says what is missing in plain words, builds what is stale, and becomes the server. The server runs in this very
 * process, so that signals and the exit code need no forwarding.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Weft needs Node 20.19 or newer; this is ${process.version}. Install a newer one from https://nodejs.org and try again.`,
  );
}
if (!existsSync(path.join(root, 'node_modules'))) {
  fail('The dependencies are not installed. Run `npm ci` first.');
}

const { build } = await import('./build.mjs');
const failed = build();
if (failed.length > 0) fail(`The ${failed.join(' and the ')} could not be built; see above.`);

const main = path.join(root, 'dist/server/main.js');
process.setSourceMapsEnabled(true);
process.argv[1] = main;
await import(pathToFileURL(main).href);

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(1);
}
