import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { ownEnvironment } from '../kit/own-environment.ts';
import { root } from '../scripts/build.mjs';

/**
 * Installs a tarball in a folder as anybody would, from npm's cache where that has the dependencies. Returns why they could not be fetched.
 * Their install scripts do not run; SQLite would be compiled for a minute, and its binary is copied from here instead.
 */
export function install(tarball: string, place: string): string | undefined {
  const options = ['install', tarball, '--prefer-offline', '--ignore-scripts'];
  const { status, stderr } = spawnSync('npm', options, { cwd: place, encoding: 'utf8', env: ownEnvironment() });
  if (status !== 0 && /E(NOTCACHED|NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT)/.test(stderr)) {
    return 'npm reaches no registry, and its cache lacks what the package depends on';
  }
  expect(status, stderr).toBe(0);
  const [here, there] = [root, place].map((parent) => path.join(parent, 'node_modules/better-sqlite3')) as [
    string,
    string,
  ];
  if (existsSync(path.join(here, 'build'))) {
    const [ours, theirs] = [here, there].map((sqlite) => readJson(path.join(sqlite, 'package.json')).version);
    expect(theirs).toBe(ours);
    cpSync(path.join(here, 'build/Release/better_sqlite3.node'), path.join(there, 'build/Release/better_sqlite3.node'));
  }
  return undefined;
}

export function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
