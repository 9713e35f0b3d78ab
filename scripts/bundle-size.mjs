/**
 * Tells how much JavaScript each part of the build is, gzipped, in one table, and fails where one is above its budget. A part is a file
 * with everything that it imports before it runs; what it loads later is not in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'dist');

/**
 * A part, its files and the most that they may be, in KiB. Exports for the bundlers of hosts are counted as they are shipped, with
 * their comments; hosts minify, which leaves about half.
 *
 * @type {readonly (readonly [part: string, files: Set<string>, budget: number])[]}
 */
const PARTS = [
  ['the page of a document, until the text', pageFiles(), 160],
  ['/embed.js, at once', embedFiles('embed.js'), 3],
  ['weftdoc/element, at once', embedFiles('element.js'), 3],
  ['<weft-editor>, until the text', embedFiles('embed.js', 'embedded-editor'), 140],
  ['its bar, band and people, behind the text', without(embedFiles('chrome'), embedFiles('embedded-editor')), 32],
  ['the page of a frame, until the text', embedFiles('frame-page', 'embedded-editor'), 142],
  ...exportParts({
    ...{ client: 60, codemirror: 28, monaco: 18, textarea: 17 },
    ...{ react: 9, vue: 9, svelte: 7, frame: 3, token: 5 },
  }),
];

for (const [part, files, budget] of PARTS) {
  const sizes = [...files].map((file) => /** @type {const} */ ([file, sizeOf(file)])).sort((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  const isOver = total > budget;
  console.log(`${inKib(total)} of ${inKib(budget)} KiB  ${part}${isOver ? ': TOO LARGE' : ''}`);
  if (!isOver) continue;
  for (const [file, size] of sizes) console.log(`${inKib(size)}                ${path.relative(DIST, file)}`);
  process.exitCode = 1;
}

/** The chunks of vite.config.ts, which index.html and the page of a document begin with; the bundler may give the page one besides. */
function pageFiles() {
  const folder = path.join(DIST, 'web');
  /** @type {Record<string, { file: string, name?: string }>} */
  const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8'));
  const first = Object.values(manifest).filter(({ name = '' }) => ['app', 'document', 'DocumentPage'].includes(name));
  if (first.length < 2) throw new Error('The build has other files than this script knows');
  return withImports(...first.map(({ file }) => path.join(folder, file)));
}

/** Files of the embedded editor by their names without a hash, with what they import. @param {readonly string[]} names */
function embedFiles(...names) {
  const folder = path.join(DIST, 'embed');
  const chunks = readdirSync(path.join(folder, 'embed-assets'));
  return withImports(
    ...names.map((name) => {
      if (name.endsWith('.js')) return path.join(folder, name);
      const chunk = chunks.find((file) => new RegExp(`^${name}-[0-9a-f]+\\.js$`).test(file));
      if (chunk === undefined) throw new Error(`The build has no ${name}`);
      return path.join(folder, 'embed-assets', chunk);
    }),
  );
}

/** @param {Record<string, number>} budgets @returns {[string, Set<string>, number][]} */
function exportParts(budgets) {
  /** @type {{ exports: Record<string, { default: string }> }} */
  const { exports } = JSON.parse(readFileSync(path.join(DIST, '../package.json'), 'utf8'));
  return Object.entries(budgets).map(([name, budget]) => {
    const file = path.join(DIST, '..', /** @type {{ default: string }} */ (exports[`./${name}`]).default);
    return [`weftdoc/${name}`, withImports(file), budget];
  });
}

/** Files and those that they import, and they import. @param {readonly string[]} entries */
function withImports(...entries) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} file */
  const add = (file) => {
    if (found.has(file)) return;
    found.add(file);
    // Minified or not: `import{a}from"./b.js"`, `import './b.js'`, `export … from`; not `import("./b.js")`.
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:^|[;\n}])(?:import|export)\s*(?:[\w$*{][^"'();]*?\bfrom\s*)?["'](\.[^"']+)["']/g,
    ))
      add(path.join(path.dirname(file), name));
  };
  for (const entry of entries) add(entry);
  return found;
}

/** @param {Set<string>} files @param {Set<string>} others */
function without(files, others) {
  return new Set([...files].filter((file) => !others.has(file)));
}

/** @param {string} file */
function sizeOf(file) {
  return gzipSync(readFileSync(file), { level: 9 }).length / 1024;
}

/** @param {number} kib */
function inKib(kib) {
  return kib.toFixed(1).padStart(6);
}
