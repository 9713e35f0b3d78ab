import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependenciesOf, findProjects, installPackage } from '../scripts/examples/projects.ts';
import { root } from '../scripts/build.mjs';
import { readJson } from './packed.ts';

/** Where `npm run examples` leaves the package. */
const PACKED = 'file:../weftdoc.tgz';

const projects = findProjects();

/** What the files of a folder import, by the names of packages. */
function importsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(js|tsx?|vue|svelte)$/.test(file) && !/^(node_modules|dist|data)\b/.test(file),
  );
  const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  const specifiers = [...text.matchAll(/^\s*import (?:[^'"]* from )?['"]([^'".][^'"]*)['"]/gm)].map(
    ([, name]) => name!,
  );
  return [...new Set(specifiers.filter((name) => !isBuiltin(name)).map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]))];
}

describe.each(projects)('the example $name', (project) => {
  it('names what it imports, at versions that Weft is tested with', () => {
    const named = dependenciesOf(project);
    expect(Object.keys(named)).toEqual(expect.arrayContaining(importsIn(project.folder)));
    const manifest = readJson(path.join(root, 'package.json'));
    const ours = { ...(manifest['dependencies'] as object), ...(manifest['devDependencies'] as object) };
    expect({ ...ours, weftdoc: PACKED }).toMatchObject(named);
  });

  it('stands in the list, and tells what it is', () => {
    expect(readFileSync(path.join(root, 'examples/README.md'), 'utf8')).toContain(`[${project.name}](${project.name})`);
    expect(readFileSync(path.join(project.folder, 'README.md'), 'utf8')).toContain('npm start');
  });
});

it('their types are right, with the package as it is published', () => {
  installPackage(() => undefined);
  // All in one program, which takes a fifth of the time; their options are the same, but for React's.
  const typed = projects.filter(({ folder }) => existsSync(path.join(folder, 'tsconfig.json')));
  const options = typed.map(({ folder }) => readJson(path.join(folder, 'tsconfig.json'))['compilerOptions'] as object);
  const jsx = 'react-jsx';
  for (const one of options) expect({ ...one, jsx }).toEqual({ ...options[0], jsx });
  const place = path.join(root, 'examples/node_modules');
  // Of components of Vue, TypeScript alone knows nothing; that they work is shown in browsers.
  const component = "declare module '*.vue' { const component: import('vue').Component; export default component; }";
  writeFileSync(path.join(place, 'components.d.ts'), component);
  const config = {
    compilerOptions: { ...options[0], jsx },
    files: ['components.d.ts'],
    include: typed.map(({ name }) => `../${name}/src`),
  };
  writeFileSync(path.join(place, 'tsconfig.json'), JSON.stringify(config));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8' }).stdout).toBe('');
});
