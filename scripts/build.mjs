/**
 * Builds into dist/: the server and what the package exports for programs with tsc, the web app and the exports for pages with Vite. Plain JavaScript, because it runs
 * before anything is compiled.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {object} Part
 * @property {string} label what the progress line calls it
 * @property {string[]} sources files and folders whose newest change decides whether the part is stale
 * @property {string[]} folders what it leaves in dist/
 * @property {(folder: string) => string[][]} commands that build into an absolute folder, one after the other: a program below
 *   node_modules and its options
 */

/** @typedef {'server' | 'web' | 'embed' | 'bindings'} PartName */

/** @type {Record<PartName, Part>} */
const PARTS = {
  server: {
    label: 'server',
    sources: [
      ...['shared', 'server', 'sdk', 'kit'],
      ...['tsconfig.json', 'tsconfig.server.json', 'tsconfig.kit.json', 'package-lock.json'],
    ],
    folders: ['server', 'shared', 'sdk', 'kit'],
    commands: (folder) => [
      ['typescript/bin/tsc', '-p', 'tsconfig.server.json', '--outDir', folder],
      // Apart, because it knows the browser's types: parts of it run in pages.
      ['typescript/bin/tsc', '-p', 'tsconfig.kit.json', '--outDir', folder],
    ],
  },
  web: {
    label: 'web app',
    sources: ['shared', 'web', 'vite.config.ts', 'svelte.config.js', 'package-lock.json'],
    folders: ['web'],
    commands: (folder) => [
      ['vite/bin/vite.js', 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', path.join(folder, 'web')],
    ],
  },
  embed: {
    label: 'embedded editor',
    sources: ['shared', 'web', 'vite.embed.config.ts', 'svelte.config.js', 'package-lock.json'],
    folders: ['embed'],
    commands: (folder) => [
      [
        ...['vite/bin/vite.js', 'build', '--config', 'vite.embed.config.ts', '--logLevel', 'warn'],
        ...['--emptyOutDir', '--outDir', path.join(folder, 'embed')],
      ],
    ],
  },
  bindings: {
    label: 'bindings',
    sources: ['shared', 'sdk', 'kit', 'web', 'vite.bindings.config.ts', 'tsconfig.sdk.json', 'package-lock.json'],
    folders: ['bindings', 'types'],
    commands: (folder) => [
      // Declarations of all exports and of what these reach: one tree, so that a session is the same type in all of them.
      ['typescript/bin/tsc', '-p', 'tsconfig.sdk.json', '--outDir', path.join(folder, 'types')],
      [
        ...['vite/bin/vite.js', 'build', '--config', 'vite.bindings.config.ts', '--logLevel', 'warn'],
        ...['--emptyOutDir', '--outDir', path.join(folder, 'bindings')],
      ],
    ],
  },
};

/**
 * Builds the parts that are missing or older than their sources, or all of them with `force`.
 * Returns the labels of those that failed; what a tool said about it was printed.
 *
 * @param {{ parts?: PartName[], force?: boolean, report?: (line: string) => void }} [options]
 */
export function build({
  parts = /** @type {PartName[]} */ (Object.keys(PARTS)),
  force = false,
  report = console.log,
} = {}) {
  if (!force && !parts.some(isStale)) return [];
  const unlock = lock();
  try {
    return buildLocked(parts, force, report);
  } finally {
    unlock();
  }
}

/**
 * @param {PartName[]} parts
 * @param {boolean} force
 * @param {(line: string) => void} report
 */
function buildLocked(parts, force, report) {
  const failed = [];
  for (const name of parts) {
    const part = PARTS[name];
    if (!force && !isStale(name)) continue;
    const begun = Date.now();
    report(`Building the ${part.label} …`);
    const fresh = path.join(root, 'dist', `.next-${name}`);
    rmSync(fresh, { recursive: true, force: true });
    const isGood = part.commands(fresh).every(run);
    if (!isGood) failed.push(part.label);
    // A build with type errors still replaces the old one, but counts as stale.
    if (part.folders.every((folder) => existsSync(path.join(fresh, folder)))) {
      for (const folder of part.folders) replaceFolder(path.join(fresh, folder), path.join(root, 'dist', folder));
      // The stamp bears the time of the start, so that what was saved during the build is newer.
      if (isGood) writeStamp(name, begun);
    }
    rmSync(fresh, { recursive: true, force: true });
  }
  return failed;
}

/** Runs a program below node_modules; true if it succeeded. */
function run(/** @type {string[]} */ [script = '', ...options]) {
  const tool = path.join(root, 'node_modules', script);
  const result = spawnSync(process.execPath, [tool, ...options], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  return result.status === 0;
}

/** Replaces a folder by renaming, which takes no time: servers may be running from it. */
function replaceFolder(/** @type {string} */ fresh, /** @type {string} */ place) {
  const old = `${place}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}

/** @param {PartName} name */
function isStale(name) {
  const part = PARTS[name];
  const stamp = stampOf(name);
  if (!existsSync(stamp) || !part.folders.every((folder) => existsSync(path.join(root, 'dist', folder)))) return true;
  const built = statSync(stamp).mtimeMs;
  return part.sources.some((source) => newestChange(path.join(root, source)) > built);
}

/** The newest modification below a path, in milliseconds; folders count, because a deletion touches only them. */
function newestChange(/** @type {string} */ place) {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  let newest = status.mtimeMs;
  if (status.isDirectory()) {
    for (const entry of readdirSync(place)) newest = Math.max(newest, newestChange(path.join(place, entry)));
  }
  return newest;
}

function stampOf(/** @type {string} */ name) {
  return path.join(root, 'dist', `.built-${name}`);
}

function writeStamp(/** @type {string} */ name, /** @type {number} */ time) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(stampOf(name), '');
  utimesSync(stampOf(name), time / 1000, time / 1000);
}

/** One build at a time, also between processes: test files that start servers run side by side. */
function lock() {
  const file = path.join(root, 'dist', '.building');
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
}

/** True if the process that holds a lock is gone. */
function isAbandoned(/** @type {string} */ file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failed = build({ force: true });
  if (failed.length > 0) {
    console.error(`Not built: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}
