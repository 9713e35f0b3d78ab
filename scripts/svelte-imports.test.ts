import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';

/** A rule of dependency-cruiser, as far as it is about paths. */
interface Rule {
  readonly name: string;
  readonly from: Paths;
  readonly to: Paths;
}

interface Paths {
  readonly path?: string | readonly string[];
  readonly pathNot?: string | readonly string[];
}

const ROOT = path.dirname(import.meta.dirname);
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: readonly Rule[] };
const RULES = forbidden.filter(({ to }) => Object.keys(to).every((key) => key === 'path' || key === 'pathNot'));

/** Static and dynamic imports, and types in the form `import('…').Name`. */
const IMPORT = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;

function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].map(([, target]) =>
    target!.startsWith('.') ? path.posix.join(path.posix.dirname(file), target!) : `node_modules/${target!}/`,
  );
}

function isMatch(text: string, { path: wanted, pathNot: unwanted }: Paths): boolean {
  const some = (patterns: string | readonly string[]): boolean =>
    [patterns].flat().some((pattern) => new RegExp(pattern).test(text));
  return (wanted === undefined || some(wanted)) && (unwanted === undefined || !some(unwanted));
}

/** The rules that the imports of a component break, a line each. */
function violationsOf(file: string, source: string): string[] {
  const rules = RULES.filter(({ from }) => isMatch(file, from));
  return importsOf(file, source).flatMap((target) =>
    rules.filter(({ to }) => isMatch(target, to)).map(({ name }) => `${name}: ${file} → ${target}`),
  );
}

/** dependency-cruiser sees a component as it is compiled, and there its imports of types are gone. */
it('what components import, types included, keeps to the import rules', () => {
  const files = readdirSync(path.join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.svelte'))
    .map((name) => path.posix.join('web', name));
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => violationsOf(file, readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

it.each([
  ['web/share/Leave.svelte', `import type { Page } from '../document/page.svelte.ts';`],
  ['web/ui/Icon.svelte', `import { getApp } from '../app/context.ts';`],
  ['web/home/DocumentRow.svelte', `import type { EditorView } from '@codemirror/view';`],
  ['web/pages/HomePage.svelte', `let part: import('../../server/app/app.ts').App;`],
  ['web/people/Avatar.svelte', `const load = () => import('../links/NewLink.svelte');`],
  ['web/app/Lazy.svelte', `import {\n  one,\n  type Two,\n} from '../people/people.ts';`],
])('in %s the line %s is seen', (file, line) => {
  expect(violationsOf(file, line)).not.toEqual([]);
});
