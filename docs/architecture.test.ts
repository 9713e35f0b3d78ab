import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(new URL('architecture.md', import.meta.url), 'utf8');

/** Folders of the page's tree. */
const tree = [
  ...page
    .slice(page.indexOf('## The tree'), page.indexOf('Kits for tests'))
    .matchAll(/(?<=^| )[a-z\d][\w/]*\/(?=\s)/gm),
];

/** Folders that hold files under version control, or files that will be. */
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file.includes('/'))
  .map((file) => `${path.dirname(file)}/`);

it('the tree has a line for every folder of the product, and no other', () => {
  const product = new Set(tracked.filter((folder) => /^(shared|sdk|server|web)\//.test(folder)));
  const withoutKits = [...product].filter((folder) => !/\/(testing|fuzz|public)\//.test(folder));
  const shown = tree.map(([folder]) => folder).filter((folder) => /^(shared|sdk|server|web)\//.test(folder));
  expect([...shown].sort()).toEqual(withoutKits.sort());
});
