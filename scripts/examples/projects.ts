import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pack } from '../pack.ts';
import { ROOT } from '../run.ts';

const FOLDER = path.join(ROOT, 'examples');

/** A project below examples/. */
export interface Project {
  readonly name: string;
  readonly folder: string;
  /** Whether it has a server of its own; the others are pages that Vite serves. */
  readonly hasServer: boolean;
  /** Whether it has a page that Vite must make first. */
  readonly hasPage: boolean;
}

/** All examples, or those that are named. Throws if one is named that does not exist. */
export function findProjects(wanted: readonly string[] = []): Project[] {
  const names = readdirSync(FOLDER).filter((name) => existsSync(path.join(FOLDER, name, 'package.json')));
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no example ${unknown.join(', ')}. There are: ${names.join(', ')}`);
  return names
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map((name) => {
      const folder = path.join(FOLDER, name);
      const has = (file: string): boolean => existsSync(path.join(folder, file));
      return { name, folder, hasServer: has('server.js'), hasPage: has('index.html') };
    });
}

/**
 * Puts the package, as it would be published, where all examples find it: into examples/node_modules, as an installation of a workspace
 * would. Everything else they name is found in the node_modules of Weft itself, at versions that
 * `testing/examples.test.ts` compares, so that nothing has to be fetched or compiled.
 */
export function installPackage(report: (line: string) => void): void {
  const { filename } = pack(FOLDER, report);
  const tarball = path.join(FOLDER, 'weftdoc.tgz');
  renameSync(path.join(FOLDER, filename), tarball);
  const installed = path.join(FOLDER, 'node_modules/weftdoc');
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  // What Vite has kept of the package before.
  for (const { folder } of findProjects())
    rmSync(path.join(folder, 'node_modules/.vite'), { recursive: true, force: true });
}

/** What a project's package.json names, by the name of the package. */
export function dependenciesOf({ folder }: Project): Record<string, string> {
  const file = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(file) as Record<string, Record<string, string> | undefined>;
  return { ...dependencies, ...devDependencies };
}
