/**
 * Sums the gzipped JavaScript that a first visit of the document page loads, from the build in dist/web, and that of each export for
 * pages, from the build in dist/bindings, and fails above a budget.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** KiB. */
const BUDGET = 160;
/**
 * The most that an export for pages may be, with what it imports of ours, in KiB: as it is shipped, with its comments. Hosts minify,
 * which leaves about half.
 *
 * @type {Record<string, number>}
 */
const EXPORTS = {
  codemirror: 28,
  monaco: 18,
  textarea: 17,
};

const dist = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'dist');
const folder = path.join(dist, 'web');

/** @type {Record<string, { file: string, name?: string, imports?: string[] }>} */
const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8'));

/** Everything that a chunk needs before it runs. @param {string} name @param {Set<string>} files */
function collect(name, files) {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`The build has no ${name}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next, files);
}

/** @type {Set<string>} */
const files = new Set();
// The chunks of vite.config.ts, which index.html and the page of a document begin with; the bundler may give the page one besides.
const FIRST = new Set(['app', 'document', 'DocumentPage']);
for (const [name, chunk] of Object.entries(manifest))
  if (chunk.name !== undefined && FIRST.has(chunk.name)) collect(name, files);
if (files.size < 3) throw new Error('The build has other files than this script knows');

let total = 0;
for (const file of files) {
  const size = sizeOf(path.join(folder, file));
  total += size;
  console.log(`${size.toFixed(1).padStart(7)} KiB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(7)} KiB  of at most ${BUDGET} KiB gzipped JavaScript on the document page`);
if (total > BUDGET) process.exitCode = 1;

const bindings = path.join(dist, 'bindings');
for (const [name, budget] of Object.entries(EXPORTS)) {
  const size = [...withImports(path.join(bindings, `${name}.js`))].reduce((sum, file) => sum + sizeOf(file), 0);
  console.log(`${size.toFixed(1).padStart(7)} KiB  of at most ${budget} KiB gzipped in weftdoc/${name}`);
  if (size > budget) process.exitCode = 1;
}

/** A file and the files that it imports, and they import. @param {string} file @param {Set<string>} found */
function withImports(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^import .*?["'](\.[^"']+)["'];$/gm))
    withImports(path.join(path.dirname(file), name), found);
  return found;
}

/** Gzipped, in KiB. @param {string} file */
function sizeOf(file) {
  return gzipSync(readFileSync(file), { level: 9 }).length / 1024;
}
